package dev.stagedoor.chat;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.graphql.Ignore;
import org.eclipse.microprofile.graphql.NonNull;
import org.eclipse.microprofile.graphql.Type;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * Who reacted to a message in one way.
 *
 * @param count of all who did
 * @param userIds of the first fifty
 */
@RegisterForReflection
@Schema(name = "Reaction")
@Type("Reaction")
public record ReactionView(
        @Schema(required = true, examples = "👏") @NonNull String emoji,
        @Schema(required = true, examples = "2") int count,
        @Schema(required = true) @Ignore List<UUID> userIds) {}
