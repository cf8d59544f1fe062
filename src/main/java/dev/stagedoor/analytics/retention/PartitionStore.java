package dev.stagedoor.analytics.retention;

import dev.stagedoor.platform.db.Transaction;
import dev.stagedoor.platform.metrics.Upkeep;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;

/** Adds and drops the partitions of samples. */
@ApplicationScoped
class PartitionStore {

    /** Who ingests waits behind whoever waits for a partition: not for long. */
    private static final String LIMIT_WAITING = Upkeep.MARK + "SET LOCAL lock_timeout = '2s'";

    /** From this month on, and each month of which there are samples in the default partition. */
    private static final String ADD = Upkeep.MARK + """
            SELECT add_metrics_partition(month)
            FROM (
                SELECT $1::timestamptz + make_interval(months => ahead) AS month FROM generate_series(0, $2::integer) AS ahead
                UNION ALL
                SELECT DISTINCT date_trunc('month', timestamp AT TIME ZONE 'UTC') AT TIME ZONE 'UTC'
                FROM livestream_metrics_default
            ) months
            """;

    private static final String DROP = Upkeep.MARK + "SELECT drop_metrics_partitions($1) AS dropped";

    Uni<Void> limitWaiting(Transaction transaction) {
        return transaction.execute(LIMIT_WAITING, Tuple.tuple()).replaceWithVoid();
    }

    /** Of this month and those after it; what the default partition has moves. */
    Uni<Void> add(Transaction transaction, Instant now, int monthsAhead) {
        return transaction
                .execute(ADD, Tuple.of(now.atOffset(ZoneOffset.UTC), monthsAhead))
                .replaceWithVoid();
    }

    /** Those that end before this time ago; emits how many. */
    Uni<Integer> drop(Transaction transaction, Instant now, Duration retention) {
        return transaction
                .execute(DROP, Tuple.of(now.minus(retention).atOffset(ZoneOffset.UTC)))
                .map(rows -> rows.iterator().next().getInteger("dropped"));
    }
}
