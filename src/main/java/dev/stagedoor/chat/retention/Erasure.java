package dev.stagedoor.chat.retention;

import dev.stagedoor.cache.Caches;
import dev.stagedoor.chat.ChannelTopics;
import dev.stagedoor.chat.ChatTags;
import dev.stagedoor.platform.db.RecurringWork;
import dev.stagedoor.platform.db.Transaction;
import dev.stagedoor.platform.lifecycle.Startup;
import dev.stagedoor.realtime.Event;
import dev.stagedoor.realtime.Outbox;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/** Takes who is erased out of all channels, and leaves tombstones of what they said: some messages at once. */
@ApplicationScoped
class Erasure {

    private static final RecurringWork WORK =
            new RecurringWork(Logger.getLogger(Erasure.class), "Who is erased is not forgotten in chat");

    private static final int USERS_AT_ONCE = 10;
    private static final int CHANNELS_AT_ONCE = 50;
    private static final int MESSAGES_AT_ONCE = 200;

    private final ErasureStore store;
    private final Outbox outbox;
    private final Caches caches;
    private final Startup startup;
    private final Clock clock;

    Erasure(ErasureStore store, Outbox outbox, Caches caches, Startup startup, Clock clock) {
        this.store = store;
        this.outbox = outbox;
        this.caches = caches;
        this.startup = startup;
        this.clock = clock;
    }

    @Scheduled(every = "1s", delayed = "1s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> forget() {
        return startup.isComplete()
                ? WORK.attempt(
                        store.due(USERS_AT_ONCE).chain(users -> WORK.attemptEach(users, this::forgetInSomeChannels)))
                : Uni.createFrom().voidItem();
    }

    /** In others the next time; where there are none, it is done. */
    private Uni<Void> forgetInSomeChannels(UUID userId) {
        return store.channelsOf(userId, CHANNELS_AT_ONCE)
                .chain(channels -> channels.isEmpty()
                        ? outbox.inTransaction((transaction, events) -> store.complete(transaction, userId))
                        : WORK.attemptEach(channels, channelId -> forgetAll(channelId, userId)));
    }

    private Uni<Void> forgetAll(UUID channelId, UUID userId) {
        return forgetSome(channelId, userId)
                .chain(messages ->
                        messages < MESSAGES_AT_ONCE ? Uni.createFrom().voidItem() : forgetAll(channelId, userId));
    }

    /** Emits how many messages it took. */
    private Uni<Integer> forgetSome(UUID channelId, UUID userId) {
        return outbox.<Integer>inTransaction((transaction, events) -> store.leave(transaction, channelId, userId)
                        .invoke(wasMember -> tellIfMember(wasMember, channelId, userId, events))
                        .chain(() -> eraseSome(transaction, channelId, userId, events)))
                .call(() -> caches.invalidate(stale(channelId, userId)));
    }

    private static void tellIfMember(boolean wasMember, UUID channelId, UUID userId, Consumer<Event> events) {
        if (wasMember) {
            ChannelTopics.left(channelId, userId).forEach(events);
        }
    }

    private Uni<Integer> eraseSome(Transaction transaction, UUID channelId, UUID userId, Consumer<Event> events) {
        return store.erase(
                        transaction,
                        channelId,
                        userId,
                        clock.instant().truncatedTo(ChronoUnit.MICROS),
                        MESSAGES_AT_ONCE)
                .invoke(erased -> erased.forEach(event -> events.accept(ChannelTopics.deleted(event))))
                .map(List::size);
    }

    private static List<String> stale(UUID channelId, UUID userId) {
        List<String> stale = new ArrayList<>(ChatTags.ofMember(channelId, userId));
        stale.add(ChatTags.messages(channelId));
        return stale;
    }
}
