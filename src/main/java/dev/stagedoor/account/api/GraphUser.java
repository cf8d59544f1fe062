package dev.stagedoor.account.api;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.UUID;
import org.eclipse.microprofile.graphql.Id;
import org.eclipse.microprofile.graphql.NonNull;
import org.eclipse.microprofile.graphql.Type;

/**
 * A user in GraphQL: what whatever belongs to a user says of them. The other fields are resolved by the features that
 * know them.
 */
@RegisterForReflection
@Type("User")
public record GraphUser(
        @Id @NonNull UUID id,
        @NonNull String username,
        @NonNull String displayName) {}
