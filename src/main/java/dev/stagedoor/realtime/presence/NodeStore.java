package dev.stagedoor.realtime.presence;

import dev.stagedoor.platform.db.Transaction;
import dev.stagedoor.platform.metrics.Upkeep;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.UUID;

/** Writes which processes live. */
@ApplicationScoped
class NodeStore {

    private static final String REGISTER = "INSERT INTO node (id) VALUES ($1) ON CONFLICT DO NOTHING";

    private static final String BEAT = Upkeep.MARK + "UPDATE node SET seen_at = now() WHERE id = $1";

    /** Locked: a node that beats at this moment after all waits, and finds that it was taken for dead. */
    private static final String DEAD = """
            SELECT id FROM node WHERE seen_at < now() - make_interval(secs => $1) LIMIT 1 FOR UPDATE SKIP LOCKED
            """;

    private static final String IS_ANY_DEAD = Upkeep.MARK + """
            SELECT EXISTS (SELECT FROM node WHERE seen_at < now() - make_interval(secs => $1)) AS found
            """;

    private static final String REMOVE = "DELETE FROM node WHERE id = $1";

    private final Pool pool;

    NodeStore(Pool pool) {
        this.pool = pool;
    }

    Uni<Void> register(UUID id) {
        return pool.preparedQuery(REGISTER).execute(Tuple.of(id)).replaceWithVoid();
    }

    /** Emits whether the node is known. */
    Uni<Boolean> beat(UUID id) {
        return pool.preparedQuery(BEAT).execute(Tuple.of(id)).map(rows -> rows.rowCount() > 0);
    }

    /** Emits whether one is silent for longer than this. */
    Uni<Boolean> isAnyDead(Duration silence) {
        return pool.preparedQuery(IS_ANY_DEAD)
                .execute(Tuple.of(silence.toMillis() / 1000.0))
                .map(rows -> rows.iterator().next().getBoolean("found"));
    }

    /** Emits one that is silent for longer than this, null where there is none. */
    Uni<UUID> dead(Transaction transaction, Duration silence) {
        return transaction
                .execute(DEAD, Tuple.of(silence.toMillis() / 1000.0))
                .map(rows -> rows.size() == 0 ? null : rows.iterator().next().getUUID("id"));
    }

    Uni<Void> remove(Transaction transaction, UUID id) {
        return transaction.execute(REMOVE, Tuple.of(id)).replaceWithVoid();
    }
}
