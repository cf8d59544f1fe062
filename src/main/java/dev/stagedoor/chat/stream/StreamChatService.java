package dev.stagedoor.chat.stream;

import dev.stagedoor.chat.ChannelService;
import dev.stagedoor.chat.ChannelTopics;
import dev.stagedoor.chat.ChannelView;
import dev.stagedoor.chat.stream.StreamChatStore.StreamChat;
import dev.stagedoor.livestream.api.LiveStreamListener;
import dev.stagedoor.platform.context.Ids;
import dev.stagedoor.platform.db.Transactions;
import dev.stagedoor.platform.http.ApiException;
import dev.stagedoor.realtime.Event;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * Lets viewers into the chat of a stream. Nobody is told, and nothing that is cached is stale: it is in no list, and whom it
 * refuses is not remembered.
 */
@ApplicationScoped
class StreamChatService implements LiveStreamListener {

    private final StreamChatStore store;
    private final ChannelService channels;
    private final Ids ids;
    private final Clock clock;
    private final Transactions transactions;

    StreamChatService(StreamChatStore store, ChannelService channels, Ids ids, Clock clock, Transactions transactions) {
        this.store = store;
        this.channels = channels;
        this.ids = ids;
        this.clock = clock;
        this.transactions = transactions;
    }

    /**
     * The channel of a stream, with the user in it. Fails with 404 where there is no such stream, and with 403 for who is
     * banned from its chat.
     */
    Uni<ChannelView> enter(UUID streamId, UUID userId) {
        return find(streamId, userId)
                .chain(chat -> chat.channelId() == null
                        ? open(chat, userId)
                        : Uni.createFrom().item(chat))
                .chain(chat -> chat.isIn() ? Uni.createFrom().item(chat) : letIn(chat, userId))
                .chain(chat -> channels.get(chat.channelId(), userId));
    }

    private Uni<StreamChat> find(UUID streamId, UUID userId) {
        return store.find(streamId, userId).onItem().ifNull().failWith(() -> ApiException.notFound("stream"));
    }

    private Uni<StreamChat> open(StreamChat chat, UUID userId) {
        return transactions
                .run(transaction -> store.open(transaction, chat.streamId(), ids.next(), now()))
                .chain(() -> find(chat.streamId(), userId));
    }

    private Uni<StreamChat> letIn(StreamChat chat, UUID userId) {
        return transactions
                .run(transaction -> store.enter(transaction, chat, userId, now()))
                .chain(() -> find(chat.streamId(), userId))
                .invoke(now -> {
                    if (!now.isIn()) {
                        throw new ApiException(403, "banned", "You are banned from this chat");
                    }
                });
    }

    /** Who comes to moderate the stream moderates its chat, and who does no longer, does no longer. */
    @Override
    public Uni<Void> participantChanged(UUID streamId, UUID userId, boolean isInCharge, Consumer<Event> events) {
        return store.lock(streamId)
                .onItem()
                .ifNotNull()
                .transformToUni(channelId -> store.follow(channelId, userId, isInCharge))
                .onItem()
                .ifNotNull()
                .invoke(membership -> events.accept(ChannelTopics.updated(membership)))
                .replaceWithVoid();
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
