package dev.stagedoor.wallet.payment;

import dev.stagedoor.platform.db.Reads;
import dev.stagedoor.platform.db.Transaction;
import dev.stagedoor.platform.metrics.Upkeep;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;

/** Writes payments, their refunds, and what was heard of them. */
@ApplicationScoped
class PaymentStore {

    /** In one go: claims are few, and each means a call to a provider. */
    private static final int CLAIMED_AT_ONCE = 20;

    private static final String INSERT = """
            INSERT INTO payment (id, user_id, kind, provider, tokens, fee_tokens, amount, currency, destination, status,
                                 call_due_at, created_at, updated_at)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $12)
            """;

    private static final String LOCK = "SELECT " + PaymentRows.COLUMNS + " FROM payment WHERE id = $1 FOR UPDATE";

    /** The provider may tell of a payment before its name for it is stored here; never of one that has another. */
    static final String LOCK_TOLD = "SELECT " + PaymentRows.COLUMNS + """
             FROM payment
            WHERE provider = $1
              AND (provider_ref = $2 OR (id = $3 AND (provider_ref IS NULL OR CAST($2 AS text) IS NULL)))
            FOR UPDATE
            """;

    /** A statement of its own, after the lock: what was written before that was had is seen. */
    private static final String REFUNDS = "SELECT ref, amount, state FROM payment_refund WHERE payment_id = $1";

    private static final String UPDATE = """
            UPDATE payment
            SET status = $2, failure_code = $3, told_refund = $4, refunded_amount = $5, uncovered_tokens = $6,
                provider_ref = $7, call_due_at = $8, updated_at = $9, version = $10
            WHERE id = $1
            """;

    private static final String SAVE_REFUND = """
            INSERT INTO payment_refund (payment_id, ref, amount, state, call_due_at, created_at)
            VALUES ($1, $2, $3, $4, $5, $6)
            ON CONFLICT (payment_id, ref)
            DO UPDATE SET amount = excluded.amount, state = excluded.state, call_due_at = excluded.call_due_at
            """;

    private static final String HEAR =
            "INSERT INTO payment_event (provider, event_id) VALUES ($1, $2) ON CONFLICT DO NOTHING";

    /** The older, the rarer: a quarter of its age later. Who claims one and dies leaves it to the next. */
    static final String CLAIM = claim("payment", "id", PaymentRows.COLUMNS);

    static final String CLAIM_REFUNDS = claim("payment_refund", "payment_id, ref", "payment_id, ref, amount, state");

    /** Stripe tries for three days to tell something. */
    private static final String PRUNE =
            Upkeep.MARK + "DELETE FROM payment_event WHERE heard_at < now() - interval '40 days'";

    private final Reads reads;

    PaymentStore(Reads reads) {
        this.reads = reads;
    }

    private static String claim(String table, String key, String columns) {
        return Upkeep.MARK + """
                WITH due AS MATERIALIZED (
                    SELECT %2$s
                    FROM %1$s
                    WHERE call_due_at <= $1
                    ORDER BY call_due_at
                    LIMIT $3
                    FOR UPDATE SKIP LOCKED
                )
                UPDATE %1$s
                SET call_due_at = $1 + greatest($2 * interval '1 millisecond', ($1 - created_at) / 4)
                WHERE (%2$s) IN (SELECT %2$s FROM due)
                RETURNING %3$s
                """.formatted(table, key, columns);
    }

    /** A refund that a provider is to be asked for. */
    record ClaimedRefund(UUID paymentId, Refund refund) {}

    Uni<Void> insert(Transaction transaction, Payment payment) {
        Terms terms = payment.terms();
        Tuple parameters = Tuple.tuple()
                .addUUID(payment.id())
                .addUUID(payment.userId())
                .addString(terms.kind().wireName())
                .addString(terms.provider().wireName())
                .addLong(terms.tokens())
                .addLong(terms.feeTokens())
                .addLong(terms.amount())
                .addString(terms.currency())
                .addString(terms.destination())
                .addString(payment.status().wireName())
                .addOffsetDateTime(time(payment.callDueAt()))
                .addOffsetDateTime(time(payment.createdAt()));
        return transaction.execute(INSERT, parameters).replaceWithVoid();
    }

    /** Emits null where there is no such payment. */
    Uni<Payment> lock(Transaction transaction, UUID id) {
        return transaction.execute(LOCK, Tuple.of(id)).map(PaymentStore::first);
    }

    /**
     * The payment that a provider tells of; emits null where there is none.
     *
     * @param ref the provider's name for it, or null
     * @param id ours, as it was told to the provider, or null
     */
    Uni<Payment> lockTold(Transaction transaction, ProviderName provider, String ref, UUID id) {
        return transaction
                .execute(LOCK_TOLD, Tuple.of(provider.wireName(), ref, id))
                .map(PaymentStore::first);
    }

    private static Payment first(RowSet<Row> rows) {
        return rows.size() == 0 ? null : PaymentRows.payment(rows.iterator().next());
    }

    Uni<List<Refund>> refunds(Transaction transaction, UUID paymentId) {
        return transaction
                .execute(REFUNDS, Tuple.of(paymentId))
                .map(rows -> rows.stream().map(PaymentRows::refund).toList());
    }

    Uni<Void> update(Transaction transaction, Payment payment) {
        Tuple parameters = Tuple.tuple()
                .addUUID(payment.id())
                .addString(payment.status().wireName())
                .addString(payment.failureCode())
                .addLong(payment.toldRefund())
                .addLong(payment.refundedAmount())
                .addLong(payment.uncoveredTokens())
                .addString(payment.providerRef())
                .addOffsetDateTime(time(payment.callDueAt()))
                .addOffsetDateTime(time(payment.updatedAt()))
                .addInteger(payment.version());
        return transaction.execute(UPDATE, parameters).replaceWithVoid();
    }

    /** @param callDueAt when the provider is to be asked for it; null where it knows of it */
    Uni<Void> saveRefund(Transaction transaction, UUID paymentId, Refund refund, Instant callDueAt, Instant now) {
        Tuple parameters = Tuple.of(
                paymentId, refund.ref(), refund.amount(), refund.state().wireName(), time(callDueAt), time(now));
        return transaction.execute(SAVE_REFUND, parameters).replaceWithVoid();
    }

    /** Emits whether this is heard for the first time; who hears it at the same time waits until this transaction ends. */
    Uni<Boolean> hear(Transaction transaction, ProviderName provider, String eventId) {
        return transaction
                .execute(HEAR, Tuple.of(provider.wireName(), eventId))
                .map(inserted -> inserted.rowCount() == 1);
    }

    /** Those whose provider is to be asked again, by this node alone. */
    Uni<List<Payment>> claim(Instant now, Duration delay) {
        return reads.list(CLAIM, Tuple.of(time(now), delay.toMillis(), CLAIMED_AT_ONCE), PaymentRows::payment);
    }

    /** As {@link #claim}. */
    Uni<List<ClaimedRefund>> claimRefunds(Instant now, Duration delay) {
        return reads.list(
                CLAIM_REFUNDS,
                Tuple.of(time(now), delay.toMillis(), CLAIMED_AT_ONCE),
                row -> new ClaimedRefund(row.getUUID("payment_id"), PaymentRows.refund(row)));
    }

    /** Forgets what no provider tells any more. */
    Uni<Void> prune(Transaction transaction) {
        return transaction.execute(PRUNE, Tuple.tuple()).replaceWithVoid();
    }

    private static OffsetDateTime time(Instant instant) {
        return instant == null ? null : instant.atOffset(ZoneOffset.UTC);
    }
}
