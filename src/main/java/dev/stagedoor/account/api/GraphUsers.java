package dev.stagedoor.account.api;

import io.smallrye.graphql.api.Context;
import io.smallrye.mutiny.Uni;
import java.util.UUID;

/** The users of whom other features know the ids alone, in GraphQL. */
public interface GraphUsers {

    /** One of the users that a level of a query asks for, all of them in one go; to be called before anything is awaited. */
    Uni<GraphUser> load(UUID id, Context context);
}
