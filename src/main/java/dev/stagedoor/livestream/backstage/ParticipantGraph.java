package dev.stagedoor.livestream.backstage;

import dev.stagedoor.account.api.Caller;
import dev.stagedoor.account.api.GraphUser;
import dev.stagedoor.account.api.Scopes;
import dev.stagedoor.livestream.Actor;
import dev.stagedoor.livestream.LiveStreamView;
import dev.stagedoor.livestream.PersonView;
import dev.stagedoor.platform.graphql.Batches;
import io.smallrye.graphql.api.Context;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.GraphQLApi;
import org.eclipse.microprofile.graphql.NonNull;
import org.eclipse.microprofile.graphql.Source;

/** Who takes part in streams, in GraphQL. */
@GraphQLApi
@ApplicationScoped
@RolesAllowed(Scopes.STREAMS_READ)
public class ParticipantGraph {

    private final ParticipantService service;
    private final Caller caller;

    ParticipantGraph(ParticipantService service, Caller caller) {
        this.service = service;
        this.caller = caller;
    }

    @Description("Who takes part, or did, in the order in which they were invited; null for who takes no part")
    public Uni<List<@NonNull ParticipantView>> participants(@Source LiveStreamView stream, Context context) {
        Actor actor = Actor.of(caller);
        return Batches.load(context, "participants", stream.id(), streams -> service.readable(streams, actor));
    }

    @NonNull
    public GraphUser user(@Source ParticipantView participant) {
        PersonView person = participant.user();
        return new GraphUser(person.id(), person.username(), person.displayName());
    }
}
