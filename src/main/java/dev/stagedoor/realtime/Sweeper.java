package dev.stagedoor.realtime;

import dev.stagedoor.cache.Caches;
import dev.stagedoor.platform.db.RecurringWork;
import dev.stagedoor.platform.db.Transactions;
import dev.stagedoor.platform.lifecycle.Startup;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jboss.logging.Logger;

/**
 * Relays what was committed by a process that died before it could, and invalidates what that process did not; one node
 * does so for all. Forgets what is old.
 */
@ApplicationScoped
class Sweeper {

    private static final RecurringWork SWEEPING = new RecurringWork(Logger.getLogger(Sweeper.class), "Not swept");

    /** Looked through every second; what commits later than this after it was written, every minute. */
    private static final Duration RECENT = Duration.ofSeconds(5);

    /** An event is forgotten long before: nobody misses the offsets of a topic that is away for this time. */
    private static final Duration TOPIC_IDLE = Duration.ofDays(1);

    private static final int PRUNED_AT_ONCE = 10_000;

    private final RealtimeConfig config;
    private final OutboxStore store;
    private final Transactions transactions;
    private final Relay relay;
    private final Caches caches;
    private final Startup startup;
    private volatile boolean wasOverRedis;

    Sweeper(
            RealtimeConfig config,
            OutboxStore store,
            Transactions transactions,
            Relay relay,
            Caches caches,
            Startup startup) {
        this.config = config;
        this.store = store;
        this.transactions = transactions;
        this.relay = relay;
        this.caches = caches;
        this.startup = startup;
    }

    @Scheduled(every = "1s", delayed = "1s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> sweep() {
        boolean overRedis = isToSweep();
        boolean isBack = overRedis && !wasOverRedis;
        wasOverRedis = overRedis;
        return overRedis
                ? sweep(isBack ? config.replayWindow() : RECENT)
                : Uni.createFrom().voidItem();
    }

    @Scheduled(every = "1m", delayed = "1m", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> sweepAll() {
        return isToSweep() ? sweep(config.replayWindow()) : Uni.createFrom().voidItem();
    }

    private boolean isToSweep() {
        return startup.isComplete() && relay.isOverRedis();
    }

    private Uni<Void> sweep(Duration window) {
        return SWEEPING.attempt(store.recent(window)
                .call(newest -> relay.isMissingAny(newest)
                        .chain(isMissing -> isMissing
                                ? sendMissing(newest)
                                : Uni.createFrom().voidItem()))
                .onFailure(failure -> !relay.isOverRedis())
                .recoverWithNull());
    }

    /** What is missing is looked for anew under the lock: another may have just sent it. */
    private Uni<Void> sendMissing(Map<String, Position> newest) {
        return transactions.run(transaction -> transaction
                .tryLock("sweep")
                .chain(acquired -> acquired
                        ? relay.sendMissing(newest).chain(this::invalidate)
                        : Uni.createFrom().voidItem()));
    }

    private Uni<Void> invalidate(List<Publication> sent) {
        List<String> keys = sent.stream()
                .flatMap(publication -> publication.invalidates().stream())
                .distinct()
                .toList();
        return keys.isEmpty() ? Uni.createFrom().voidItem() : caches.invalidate(keys);
    }

    @Scheduled(every = "1m", delayed = "30s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> prune() {
        return SWEEPING.attempt(store.prune(config.replayWindow())
                .chain(pruned -> pruned < PRUNED_AT_ONCE ? Uni.createFrom().voidItem() : prune()));
    }

    @Scheduled(every = "1h", delayed = "10m", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> pruneTopics() {
        return SWEEPING.attempt(store.pruneTopics(TOPIC_IDLE));
    }
}
