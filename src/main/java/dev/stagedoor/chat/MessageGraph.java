package dev.stagedoor.chat;

import dev.stagedoor.account.api.Caller;
import dev.stagedoor.account.api.Scopes;
import dev.stagedoor.chat.ChatCaches.Direction;
import dev.stagedoor.chat.MessageStore.Range;
import dev.stagedoor.platform.graphql.Batches;
import dev.stagedoor.platform.http.ApiException;
import dev.stagedoor.platform.http.Page;
import io.smallrye.graphql.api.Context;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;
import org.eclipse.microprofile.graphql.DefaultValue;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.GraphQLApi;
import org.eclipse.microprofile.graphql.Source;

/** The messages of channels in GraphQL. */
@GraphQLApi
@ApplicationScoped
@RolesAllowed(Scopes.CHAT_READ)
public class MessageGraph {

    private final MessageService service;
    private final Caller caller;

    MessageGraph(MessageService service, Caller caller) {
        this.service = service;
        this.caller = caller;
    }

    @Description(
            "For members: a page of messages, oldest first, the newest or those before, after or around a sequence")
    public Uni<Page<MessageView>> messages(
            @Source ChannelView channel,
            @DefaultValue("20") @Min(1) @Max(50) int limit,
            @Min(1) Long before,
            @Min(0) Long after,
            @Min(1) Long around,
            Context context) {
        Range range = range(before, after, around, limit);
        UUID userId = caller.userId();
        return Batches.load(
                        context, "messages:" + range, channel.id(), channels -> service.pages(channels, userId, range))
                .onItem()
                .ifNull()
                .failWith(ChannelService::notAMember);
    }

    private static Range range(Long before, Long after, Long around, int limit) {
        if (Stream.of(before, after, around).filter(Objects::nonNull).count() > 1) {
            throw ApiException.invalid("before", "excludes 'after' and 'around'");
        }
        if (after != null) {
            return new Range(Direction.AFTER, after, limit);
        }
        if (around != null) {
            return Range.around(around, limit);
        }
        return new Range(Direction.BEFORE, before == null ? Long.MAX_VALUE : before, limit);
    }
}
