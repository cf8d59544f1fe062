package dev.stagedoor.wallet;

import dev.stagedoor.platform.db.Reads;
import dev.stagedoor.platform.db.Transaction;
import dev.stagedoor.platform.metrics.Upkeep;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;

/** Holds, and what becomes of them. */
@ApplicationScoped
class HoldStore {

    private static final String COLUMNS = "id, payer_id, payee_id, amount, captured, status, expires_at, created_at";

    private static final String INSERT = """
            INSERT INTO token_hold (id, payer_id, payee_id, amount, expires_at, created_at)
            SELECT $1, $2, payee.id, $4, $5, $6 FROM app_user payee WHERE payee.id = $3
            """;

    private static final String LOCK = "SELECT " + COLUMNS + " FROM token_hold WHERE id = $1 FOR UPDATE";

    private static final String SETTLE = "UPDATE token_hold SET status = $2, captured = $3 WHERE id = $1";

    /** Those that another transaction is about to settle are left to it. */
    static final String EXPIRE = Upkeep.MARK + """
            WITH due AS MATERIALIZED (
                SELECT id
                FROM token_hold
                WHERE status = 'held' AND expires_at <= now()
                ORDER BY expires_at
                LIMIT $1
                FOR UPDATE SKIP LOCKED
            )
            UPDATE token_hold SET status = 'expired' FROM due WHERE token_hold.id = due.id
            RETURNING token_hold.id, payer_id, payee_id, amount, captured, status, expires_at, created_at
            """;

    private static final String FIND =
            "SELECT " + COLUMNS + " FROM token_hold WHERE id = $1 AND $2 IN (payer_id, payee_id)";

    /** Of both roles as many as are wanted, each from its own index. */
    static final String PAGE = """
            SELECT * FROM (
                (SELECT %1$s FROM token_hold WHERE payer_id = $1 AND id < $2 ORDER BY id DESC LIMIT $3)
                UNION ALL
                (SELECT %1$s FROM token_hold WHERE payee_id = $1 AND id < $2 ORDER BY id DESC LIMIT $3)
            ) hold
            ORDER BY id DESC
            LIMIT $3
            """.formatted(COLUMNS);

    private final Reads reads;

    HoldStore(Reads reads) {
        this.reads = reads;
    }

    /** Emits whether who is to be paid exists. */
    Uni<Boolean> insert(Transaction transaction, HoldView hold) {
        Tuple parameters = Tuple.of(
                hold.id(),
                hold.payerId(),
                hold.payeeId(),
                hold.amount(),
                hold.expiresAt() == null ? null : hold.expiresAt().atOffset(ZoneOffset.UTC),
                hold.createdAt().atOffset(ZoneOffset.UTC));
        return transaction.execute(INSERT, parameters).map(rows -> rows.rowCount() == 1);
    }

    /** Emits null where there is none. */
    Uni<HoldView> lock(Transaction transaction, UUID id) {
        return transaction
                .execute(LOCK, Tuple.of(id))
                .map(rows -> rows.size() == 0 ? null : hold(rows.iterator().next()));
    }

    Uni<Void> settle(Transaction transaction, HoldView settled) {
        return transaction
                .execute(SETTLE, Tuple.of(settled.id(), settled.status(), settled.captured()))
                .replaceWithVoid();
    }

    /** Expires some holds that are due; emits them. */
    Uni<List<HoldView>> expire(Transaction transaction, int atMost) {
        return transaction
                .execute(EXPIRE, Tuple.of(atMost))
                .map(rows -> rows.stream().map(HoldStore::hold).toList());
    }

    /** Emits null where there is none that the user pays or is paid. */
    Uni<HoldView> find(UUID id, UUID userId) {
        return reads.first(FIND, Tuple.of(id, userId), HoldStore::hold);
    }

    /** Newest first. */
    Uni<List<HoldView>> page(UUID userId, UUID before, int rows) {
        return reads.list(PAGE, Tuple.of(userId, before, rows), HoldStore::hold);
    }

    private static HoldView hold(Row row) {
        return new HoldView(
                row.getUUID("id"),
                row.getUUID("payer_id"),
                row.getUUID("payee_id"),
                row.getLong("amount"),
                row.getLong("captured"),
                row.getString("status"),
                Reads.instant(row, "expires_at"),
                Reads.instant(row, "created_at"));
    }
}
