package dev.stagedoor.wallet.payment;

import dev.stagedoor.platform.db.Reads;
import io.vertx.mutiny.sqlclient.Row;

/** How payments are read from rows. */
final class PaymentRows {

    /** All of a payment. */
    static final String COLUMNS = """
            id, user_id, kind, provider, tokens, fee_tokens, amount, currency, destination, status, failure_code,
            told_refund, refunded_amount, uncovered_tokens, provider_ref, call_due_at, created_at, updated_at, version\
            """;

    /** What its user sees: no more than the indexes of lists have. */
    static final String LIST_COLUMNS = """
            id, user_id, kind, provider, tokens, fee_tokens, amount, currency, destination, status, failure_code,
            refunded_tokens, call_due_at, created_at, updated_at, version\
            """;

    private PaymentRows() {}

    static Payment payment(Row row) {
        return new Payment(
                row.getUUID("id"),
                row.getUUID("user_id"),
                terms(row),
                PaymentStatus.of(row.getString("status")),
                row.getString("failure_code"),
                row.getLong("told_refund"),
                row.getLong("refunded_amount"),
                row.getLong("uncovered_tokens"),
                row.getString("provider_ref"),
                Reads.instant(row, "call_due_at"),
                Reads.instant(row, "created_at"),
                Reads.instant(row, "updated_at"),
                row.getInteger("version"));
    }

    private static Terms terms(Row row) {
        return new Terms(
                PaymentKind.of(row.getString("kind")),
                ProviderName.of(row.getString("provider")),
                row.getLong("tokens"),
                row.getLong("fee_tokens"),
                row.getLong("amount"),
                row.getString("currency"),
                row.getString("destination"));
    }

    static PaymentView listed(Row row) {
        Terms terms = terms(row);
        return new PaymentView(
                row.getUUID("id"),
                row.getUUID("user_id"),
                terms.kind(),
                terms.provider(),
                terms.tokens(),
                terms.feeTokens(),
                terms.amount(),
                terms.currency(),
                terms.destination(),
                PaymentStatus.of(row.getString("status")),
                row.getString("failure_code"),
                row.getLong("refunded_tokens"),
                row.getOffsetDateTime("call_due_at") != null,
                null,
                null,
                null,
                Reads.instant(row, "created_at"),
                Reads.instant(row, "updated_at"),
                row.getInteger("version"));
    }

    static Refund refund(Row row) {
        return new Refund(row.getString("ref"), row.getLong("amount"), Refund.State.of(row.getString("state")));
    }
}
