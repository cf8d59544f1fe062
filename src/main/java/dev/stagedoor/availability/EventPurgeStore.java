package dev.stagedoor.availability;

import dev.stagedoor.platform.metrics.Upkeep;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;

/** Deletes events. */
@ApplicationScoped
class EventPurgeStore {

    /** Those that someone changes, or another node deletes, are left for the next time. */
    static final String PURGE = Upkeep.MARK + """
            DELETE FROM group_event
            WHERE id IN (
                SELECT id FROM group_event WHERE expires_at <= $1 ORDER BY expires_at LIMIT $2 FOR UPDATE SKIP LOCKED
            )
            RETURNING token_hash
            """;

    private final Pool pool;

    EventPurgeStore(Pool pool) {
        this.pool = pool;
    }

    /** Deletes some that have expired; emits their tags. */
    Uni<List<String>> purge(Instant now, int limit) {
        return pool.preparedQuery(PURGE)
                .execute(Tuple.of(GroupEventRows.utc(now), limit))
                .map(rows -> rows.stream()
                        .map(row -> GroupEventCaches.tag(
                                Keys.hex(row.getBuffer("token_hash").getBytes())))
                        .toList());
    }
}
