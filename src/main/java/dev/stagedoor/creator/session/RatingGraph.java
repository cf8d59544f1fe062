package dev.stagedoor.creator.session;

import dev.stagedoor.account.api.GraphUser;
import dev.stagedoor.account.api.GraphUsers;
import dev.stagedoor.account.api.Scopes;
import dev.stagedoor.creator.CreatorView;
import dev.stagedoor.platform.graphql.Batches;
import dev.stagedoor.platform.http.Page;
import io.smallrye.graphql.api.Context;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import org.eclipse.microprofile.graphql.DefaultValue;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.GraphQLApi;
import org.eclipse.microprofile.graphql.Source;

/** What was thought of sessions, in GraphQL. */
@GraphQLApi
@ApplicationScoped
public class RatingGraph {

    private final RatingService service;
    private final GraphUsers users;

    RatingGraph(RatingService service, GraphUsers users) {
        this.service = service;
        this.users = users;
    }

    @Description("Those of the sessions booked last first")
    @PermitAll
    public Uni<Page<RatingView>> ratings(
            @Source CreatorView creator,
            @DefaultValue("20") @Min(1) @Max(100) int limit,
            String cursor,
            Context context) {
        return Batches.load(
                context,
                "ratings:" + limit,
                service.start(creator.id(), cursor),
                starts -> service.pages(starts, limit));
    }

    @Description("What was thought of it; null unless it is rated")
    @RolesAllowed(Scopes.SESSIONS_READ)
    public Uni<RatingView> rating(@Source SessionView session, Context context) {
        return Batches.load(context, "session-ratings", session.id(), service::ofSessions);
    }

    @Description("Who has rated")
    @RolesAllowed(Scopes.PROFILE_READ)
    public Uni<GraphUser> user(@Source RatingView rating, Context context) {
        return users.load(rating.userId(), context);
    }
}
