package dev.stagedoor.creator.session;

import dev.stagedoor.account.api.Caller;
import dev.stagedoor.account.api.GraphUser;
import dev.stagedoor.account.api.GraphUsers;
import dev.stagedoor.account.api.Scopes;
import dev.stagedoor.creator.CreatorBatch;
import dev.stagedoor.creator.CreatorView;
import dev.stagedoor.platform.graphql.Absent;
import dev.stagedoor.platform.graphql.Arguments;
import dev.stagedoor.platform.graphql.Batches;
import dev.stagedoor.platform.http.Page;
import io.smallrye.graphql.api.Context;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.graphql.DefaultValue;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.GraphQLApi;
import org.eclipse.microprofile.graphql.Id;
import org.eclipse.microprofile.graphql.Name;
import org.eclipse.microprofile.graphql.NonNull;
import org.eclipse.microprofile.graphql.Query;
import org.eclipse.microprofile.graphql.Source;

/** Booked sessions in GraphQL, for those who take part in them. */
@GraphQLApi
@ApplicationScoped
@RolesAllowed(Scopes.SESSIONS_READ)
public class SessionGraph {

    private final SessionService service;
    private final CreatorBatch creators;
    private final GraphUsers users;
    private final Caller caller;

    SessionGraph(SessionService service, CreatorBatch creators, GraphUsers users, Caller caller) {
        this.service = service;
        this.creators = creators;
        this.users = users;
        this.caller = caller;
    }

    @Query
    @Description("A session that the caller has booked or gives, or null where there is none with this id")
    public Uni<SessionView> session(@Id @NonNull String id) {
        return service.get(Arguments.id("id", id), caller.userId()).plug(Absent::asNull);
    }

    @Query
    @Description("Sessions that the caller has booked or gives, newest first")
    public Uni<Page<SessionView>> sessions(
            SessionStatus status,
            @Id @Description("Only those that this user takes part in, too") String with,
            @DefaultValue("50") @Min(1) @Max(100) int limit,
            String cursor) {
        UUID other = Arguments.id("with", with);
        return other == null
                ? service.list(caller.userId(), wireName(status), cursor, limit)
                : service.listWith(other, caller.userId(), wireName(status), cursor, limit);
    }

    @Name("sessions")
    @Description("The newest that the caller takes part in, too; 'sessions' of the query goes on")
    public Uni<List<@NonNull SessionView>> sessionsOf(
            @Source GraphUser user,
            SessionStatus status,
            @DefaultValue("20") @Min(1) @Max(100) int limit,
            Context context) {
        UUID callerId = caller.userId();
        String wireName = wireName(status);
        return Batches.load(
                context,
                "sessions:" + wireName + ":" + limit,
                user.id(),
                people -> service.newest(callerId, people, wireName, limit));
    }

    private static String wireName(SessionStatus status) {
        return status == null ? null : status.wireName();
    }

    @NonNull
    public SessionStatus status(@Source SessionView session) {
        return SessionStatus.of(session.status());
    }

    @Description("In minutes")
    public int duration(@Source SessionView session) {
        return (int) Duration.between(session.startsAt(), session.endsAt()).toMinutes();
    }

    public Uni<CreatorView> creator(@Source SessionView session, Context context) {
        return creators.load(session.creatorId(), context);
    }

    @Description("Who has booked it")
    @RolesAllowed(Scopes.PROFILE_READ)
    public Uni<GraphUser> user(@Source SessionView session, Context context) {
        return users.load(session.userId(), context);
    }
}
