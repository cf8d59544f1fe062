package dev.stagedoor.account;

import dev.stagedoor.account.api.GraphUser;
import dev.stagedoor.account.api.GraphUsers;
import dev.stagedoor.platform.graphql.Batches;
import io.smallrye.graphql.api.Context;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;

/** Loads the users that a query asks for, each once. */
@ApplicationScoped
class UserBatch implements GraphUsers {

    private final UserQueries queries;

    UserBatch(UserQueries queries) {
        this.queries = queries;
    }

    Uni<UserView> view(UUID id, Context context) {
        return Batches.load(context, "users", id, queries::findAll);
    }

    @Override
    public Uni<GraphUser> load(UUID id, Context context) {
        return view(id, context).map(UserBatch::shown);
    }

    static GraphUser shown(UserView user) {
        return new GraphUser(user.id(), user.username(), user.displayName());
    }
}
