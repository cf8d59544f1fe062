package dev.stagedoor.account;

import dev.stagedoor.account.api.Caller;
import dev.stagedoor.account.api.GraphUser;
import dev.stagedoor.account.api.Scopes;
import dev.stagedoor.platform.graphql.Absent;
import dev.stagedoor.platform.graphql.Arguments;
import dev.stagedoor.platform.http.Page;
import io.smallrye.graphql.api.Context;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Instant;
import org.eclipse.microprofile.graphql.DefaultValue;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.GraphQLApi;
import org.eclipse.microprofile.graphql.Id;
import org.eclipse.microprofile.graphql.NonNull;
import org.eclipse.microprofile.graphql.Query;
import org.eclipse.microprofile.graphql.Source;

/** Users in GraphQL. */
@GraphQLApi
@ApplicationScoped
public class UserGraph {

    private final UserService service;
    private final UserBatch batch;
    private final Caller caller;

    UserGraph(UserService service, UserBatch batch, Caller caller) {
        this.service = service;
        this.batch = batch;
        this.caller = caller;
    }

    @Query
    @Description("A user, or null where there is none with this id")
    @RolesAllowed(Scopes.PROFILE_READ)
    public Uni<GraphUser> user(@Id @NonNull String id) {
        return service.view(Arguments.id("id", id)).map(UserBatch::shown).plug(Absent::asNull);
    }

    @Query
    @Description("The caller")
    @RolesAllowed(Scopes.PROFILE_READ)
    public Uni<GraphUser> me() {
        return service.view(caller.userId()).map(UserBatch::shown);
    }

    @Query
    @Description("All users, newest first; for admins")
    @RolesAllowed(Scopes.USERS_READ)
    public Uni<Page<GraphUser>> users(@DefaultValue("50") @Min(1) @Max(100) int limit, String cursor) {
        return service.list(cursor, limit).map(page -> page.map(UserBatch::shown));
    }

    @RolesAllowed(Scopes.PROFILE_READ)
    public Uni<UserRole> role(@Source GraphUser user, Context context) {
        return batch.view(user.id(), context).map(UserView::role);
    }

    @RolesAllowed(Scopes.PROFILE_READ)
    public Uni<Instant> createdAt(@Source GraphUser user, Context context) {
        return batch.view(user.id(), context).map(UserView::createdAt);
    }
}
