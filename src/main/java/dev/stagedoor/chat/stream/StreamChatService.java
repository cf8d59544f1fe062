package dev.stagedoor.chat.stream;

import dev.stagedoor.cache.Caches;
import dev.stagedoor.chat.ChannelService;
import dev.stagedoor.chat.ChannelView;
import dev.stagedoor.chat.ChatTags;
import dev.stagedoor.chat.stream.StreamChatStore.StreamChat;
import dev.stagedoor.platform.context.Ids;
import dev.stagedoor.platform.db.Transaction;
import dev.stagedoor.platform.http.ApiException;
import dev.stagedoor.realtime.Outbox;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;

/** Lets viewers into the chat of a stream. Nobody is told: each would be an event for all the others. */
@ApplicationScoped
class StreamChatService {

    private final StreamChatStore store;
    private final ChannelService channels;
    private final Ids ids;
    private final Clock clock;
    private final Caches caches;
    private final Outbox outbox;

    StreamChatService(
            StreamChatStore store, ChannelService channels, Ids ids, Clock clock, Caches caches, Outbox outbox) {
        this.store = store;
        this.channels = channels;
        this.ids = ids;
        this.clock = clock;
        this.caches = caches;
        this.outbox = outbox;
    }

    /** Whether a user got into a channel. */
    private record Entry(UUID channelId, boolean isIn) {}

    /**
     * The channel of a stream, with the user in it. Fails with 404 where there is no such stream, and with 403 for who is
     * banned from its chat.
     */
    Uni<ChannelView> enter(UUID streamId, UUID userId) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        return outbox.<Entry>inTransaction((transaction, events) -> openedChat(transaction, streamId, now)
                        .chain(chat -> enter(transaction, chat.channelId(), userId, now)))
                .call(entry -> caches.invalidate(ChatTags.ofMember(entry.channelId(), userId)))
                .chain(entry -> entry.isIn()
                        ? channels.get(entry.channelId(), userId)
                        : channels.refuseToAdd(entry.channelId(), userId));
    }

    private Uni<StreamChat> openedChat(Transaction transaction, UUID streamId, Instant now) {
        return requireStream(transaction, streamId)
                .chain(chat -> chat.channelId() != null
                        ? Uni.createFrom().item(chat)
                        : store.open(transaction, streamId, ids.next(), now)
                                .chain(() -> requireStream(transaction, streamId)));
    }

    private Uni<StreamChat> requireStream(Transaction transaction, UUID streamId) {
        return store.find(transaction, streamId).onItem().ifNull().failWith(() -> ApiException.notFound("stream"));
    }

    private Uni<Entry> enter(Transaction transaction, UUID channelId, UUID userId, Instant now) {
        return store.enter(transaction, channelId, userId, now).map(isIn -> new Entry(channelId, isIn));
    }
}
