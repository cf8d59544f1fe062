package dev.stagedoor.platform.http;

import dev.stagedoor.platform.db.Transaction;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Outcomes of idempotent requests, several at once, in a transaction of plain SQL. */
@ApplicationScoped
class IdempotencyStore {

    private static final String FIND = """
            SELECT asked.place, stored.fingerprint, stored.outcome
            FROM unnest(CAST($1 AS text[]), CAST($2 AS text[])) WITH ORDINALITY AS asked (caller, key, place)
            JOIN idempotent_request stored ON stored.caller = asked.caller AND stored.key = asked.key
            """;

    private static final String STORE = """
            INSERT INTO idempotent_request (caller, key, fingerprint, outcome)
            SELECT * FROM unnest(CAST($1 AS text[]), CAST($2 AS text[]), CAST($3 AS bytea[]), CAST($4 AS text[]))
            """;

    /** What is remembered of a request. */
    record Stored(Buffer fingerprint, String outcome) {}

    Uni<Map<Idempotency.Key, Stored>> find(Transaction transaction, List<Idempotency.Key> keys) {
        return transaction.execute(FIND, columns(keys)).map(rows -> byKey(keys, rows));
    }

    Uni<Void> store(Transaction transaction, Map<Idempotency.Key, Stored> outcomes) {
        Tuple parameters = columns(outcomes.keySet())
                .addValue(outcomes.values().stream().map(Stored::fingerprint).toArray(Buffer[]::new))
                .addArrayOfString(texts(outcomes.values(), Stored::outcome));
        return transaction.execute(STORE, parameters).replaceWithVoid();
    }

    private static Tuple columns(Collection<Idempotency.Key> keys) {
        return Tuple.tuple()
                .addArrayOfString(texts(keys, Idempotency.Key::caller))
                .addArrayOfString(texts(keys, Idempotency.Key::scope));
    }

    private static <T> String[] texts(Collection<T> rows, Function<T, String> column) {
        return rows.stream().map(column).toArray(String[]::new);
    }

    private static Map<Idempotency.Key, Stored> byKey(List<Idempotency.Key> keys, RowSet<Row> rows) {
        Map<Idempotency.Key, Stored> stored = new HashMap<>();
        for (Row row : rows) {
            Stored outcome = new Stored(row.getBuffer("fingerprint").getDelegate(), row.getString("outcome"));
            stored.put(keys.get(row.getLong("place").intValue() - 1), outcome);
        }
        return stored;
    }
}
