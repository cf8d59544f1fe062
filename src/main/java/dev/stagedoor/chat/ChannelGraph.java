package dev.stagedoor.chat;

import dev.stagedoor.account.api.Caller;
import dev.stagedoor.account.api.GraphUser;
import dev.stagedoor.account.api.Scopes;
import dev.stagedoor.platform.graphql.Absent;
import dev.stagedoor.platform.graphql.Arguments;
import dev.stagedoor.platform.http.Page;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import org.eclipse.microprofile.graphql.DefaultValue;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.GraphQLApi;
import org.eclipse.microprofile.graphql.Id;
import org.eclipse.microprofile.graphql.NonNull;
import org.eclipse.microprofile.graphql.Query;
import org.eclipse.microprofile.graphql.Source;

/** Channels in GraphQL. */
@GraphQLApi
@ApplicationScoped
@RolesAllowed(Scopes.CHAT_READ)
public class ChannelGraph {

    private final ChannelService service;
    private final Caller caller;

    ChannelGraph(ChannelService service, Caller caller) {
        this.service = service;
        this.caller = caller;
    }

    @Query
    @Description("A channel that the caller is in or may join, or null where there is none with this id")
    public Uni<ChannelView> channel(@Id @NonNull String id) {
        return service.get(Arguments.id("id", id), caller.userId()).plug(Absent::asNull);
    }

    @Query
    @Description("The caller's channels, most recently active first")
    public Uni<Page<ChannelView>> channels(@DefaultValue("50") @Min(1) @Max(100) int limit, String cursor) {
        return service.pageOfMine(caller.userId(), cursor, limit);
    }

    @Query
    @Description("The public channels, most recently active first")
    public Uni<Page<ChannelView>> publicChannels(@DefaultValue("50") @Min(1) @Max(100) int limit, String cursor) {
        return service.listPublic(caller.userId(), cursor, limit);
    }

    @NonNull
    public GraphUser author(@Source MessageView message) {
        AuthorView author = message.author();
        return new GraphUser(author.id(), author.username(), author.displayName());
    }
}
