package dev.stagedoor.wallet.payment;

import dev.stagedoor.platform.db.Reads;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.UUID;

/** Reads payments, as they are now. */
@ApplicationScoped
class PaymentQueries {

    /** Before the first row; a value, and not null, lets the index find the page. */
    static final UUID START = new UUID(-1, -1);

    static final String FIND = "SELECT " + PaymentRows.COLUMNS + " FROM payment WHERE id = $1";

    static final String OF_USER = page(PaymentRows.LIST_COLUMNS, "user_id = $3");
    static final String OF_USER_WITH_STATUS = page(PaymentRows.LIST_COLUMNS, "user_id = $3 AND status = $4");
    static final String ALL = page(PaymentRows.COLUMNS, "true");
    static final String ALL_WITH_STATUS = page(PaymentRows.COLUMNS, "status = $3");

    private final Reads reads;

    PaymentQueries(Reads reads) {
        this.reads = reads;
    }

    private static String page(String columns, String condition) {
        return """
                SELECT %s
                FROM payment
                WHERE id < $1 AND %s
                ORDER BY id DESC
                LIMIT $2
                """.formatted(columns, condition);
    }

    /** Emits null where there is no such payment. */
    Uni<Payment> find(UUID id) {
        return reads.first(FIND, Tuple.of(id), PaymentRows::payment);
    }

    /**
     * The newest first.
     *
     * @param status null for all
     */
    Uni<List<PaymentView>> ofUser(UUID userId, PaymentStatus status, UUID after, int rows) {
        Tuple parameters = Tuple.of(after, rows, userId);
        return status == null
                ? reads.list(OF_USER, parameters, PaymentRows::listed)
                : reads.list(OF_USER_WITH_STATUS, parameters.addString(status.wireName()), PaymentRows::listed);
    }

    /**
     * Of everyone, the newest first.
     *
     * @param status null for all
     */
    Uni<List<Payment>> all(PaymentStatus status, UUID after, int rows) {
        Tuple parameters = Tuple.of(after, rows);
        return status == null
                ? reads.list(ALL, parameters, PaymentRows::payment)
                : reads.list(ALL_WITH_STATUS, parameters.addString(status.wireName()), PaymentRows::payment);
    }
}
