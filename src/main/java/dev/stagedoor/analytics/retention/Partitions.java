package dev.stagedoor.analytics.retention;

import dev.stagedoor.analytics.AnalyticsConfig;
import dev.stagedoor.platform.db.RecurringWork;
import dev.stagedoor.platform.db.Transaction;
import dev.stagedoor.platform.db.Transactions;
import dev.stagedoor.platform.lifecycle.Startup;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Function;
import org.jboss.logging.Logger;

/** Sees to it that every sample has a partition of its month, and that those nobody needs go; one node does so for all. */
@ApplicationScoped
class Partitions {

    private static final Logger LOG = Logger.getLogger(Partitions.class);
    private static final RecurringWork UPKEEP = new RecurringWork(LOG, "Partitions are not kept");

    /** Long enough for everyone to notice that nothing adds them any more. */
    private static final int MONTHS_AHEAD = 5;

    private final AnalyticsConfig config;
    private final PartitionStore store;
    private final Transactions transactions;
    private final Startup startup;
    private final Clock clock;

    Partitions(AnalyticsConfig config, PartitionStore store, Transactions transactions, Startup startup, Clock clock) {
        this.config = config;
        this.store = store;
        this.transactions = transactions;
        this.startup = startup;
        this.clock = clock;
    }

    @Scheduled(every = "1h", delayed = "20s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> keep() {
        return startup.isComplete()
                ? UPKEEP.attempt(keep(clock.instant()))
                : Uni.createFrom().voidItem();
    }

    /** Each step is a transaction: what one locks, an ingest may wait for that the other one waits for. */
    Uni<Void> keep(Instant now) {
        return alone(transaction -> store.add(transaction, now, MONTHS_AHEAD))
                .chain(() -> alone(transaction -> store.drop(transaction, now, retention())
                        .invoke(dropped -> LOG.debugf("%d partitions are dropped", dropped))
                        .replaceWithVoid()));
    }

    private Uni<Void> alone(Function<Transaction, Uni<Void>> work) {
        return transactions.run(transaction -> transaction
                .tryLock("metrics-partitions")
                .chain(acquired -> acquired
                        ? store.limitWaiting(transaction).chain(() -> work.apply(transaction))
                        : Uni.createFrom().voidItem()));
    }

    /** As long as samples may be late, sums are corrected by those before them. */
    private Duration retention() {
        Duration ofLate = config.maxLateness().plus(config.silence());
        return config.rawRetention().compareTo(ofLate) < 0 ? ofLate : config.rawRetention();
    }
}
