package dev.stagedoor.chat.retention;

import dev.stagedoor.cache.Caches;
import dev.stagedoor.chat.ChannelTopics;
import dev.stagedoor.chat.ChatTags;
import dev.stagedoor.platform.db.RecurringWork;
import dev.stagedoor.platform.lifecycle.Startup;
import dev.stagedoor.realtime.Outbox;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jboss.logging.Logger;

/** Forgets the messages of channels that keep them for a time, some at once. */
@ApplicationScoped
class Retention {

    private static final RecurringWork WORK =
            new RecurringWork(Logger.getLogger(Retention.class), "Old messages are not forgotten");

    private static final int CHANNELS_AT_ONCE = 100;
    private static final int MESSAGES_AT_ONCE = 1_000;

    private final RetentionStore store;
    private final Outbox outbox;
    private final Caches caches;
    private final Startup startup;
    private final Clock clock;

    Retention(RetentionStore store, Outbox outbox, Caches caches, Startup startup, Clock clock) {
        this.store = store;
        this.outbox = outbox;
        this.caches = caches;
        this.startup = startup;
        this.clock = clock;
    }

    @Scheduled(every = "10m", delayed = "10s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> forgetOld() {
        return startup.isComplete()
                ? WORK.attempt(forgetOld(clock.instant()))
                : Uni.createFrom().voidItem();
    }

    private Uni<Void> forgetOld(Instant now) {
        return store.due(now, CHANNELS_AT_ONCE)
                .call(due -> WORK.attemptEach(due, channelId -> forgetAll(channelId, now)))
                .map(List::size)
                .chain(channels ->
                        channels < CHANNELS_AT_ONCE ? Uni.createFrom().voidItem() : forgetOld(now));
    }

    private Uni<Void> forgetAll(UUID channelId, Instant now) {
        return Multi.createBy()
                .repeating()
                .uni(() -> forgetSome(channelId, now))
                .whilst(wasFull -> wasFull)
                .onItem()
                .ignoreAsUni();
    }

    /** Emits whether there may be more to forget. */
    private Uni<Boolean> forgetSome(UUID channelId, Instant now) {
        return outbox.<RetentionStore.Forgotten>inTransaction((transaction, events) -> store.forget(
                                transaction, channelId, now, MESSAGES_AT_ONCE)
                        .invoke(forgotten -> {
                            if (forgotten.messages() > 0) {
                                events.accept(ChannelTopics.trimmed(channelId, forgotten.firstSeq()));
                            }
                        }))
                .call(() -> caches.invalidate(List.of(ChatTags.channel(channelId), ChatTags.messages(channelId))))
                .map(forgotten -> forgotten.messages() == MESSAGES_AT_ONCE);
    }
}
