package dev.stagedoor.platform.db;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import java.util.function.Function;

/** A transaction of plain SQL that is under way. */
public final class Transaction {

    private static final String TRY_LOCK = "SELECT pg_try_advisory_xact_lock(hashtextextended($1, 0)) AS acquired";

    private final SqlConnection connection;

    Transaction(SqlConnection connection) {
        this.connection = connection;
    }

    public Uni<RowSet<Row>> execute(String sql, Tuple parameters) {
        return connection.preparedQuery(sql).execute(parameters);
    }

    /**
     * Sends two statements in one journey, and emits what the second gives; it sees what was committed before the first had
     * its locks.
     */
    public Uni<RowSet<Row>> executeAfter(String first, Tuple itsParameters, String sql, Tuple parameters) {
        return Uni.combine()
                .all()
                .unis(execute(first, itsParameters), execute(sql, parameters))
                .with((done, rows) -> rows);
    }

    /** Does work and what needs it, which is told to begin at once: statements of both are sent in one journey. */
    public static <A, B> Uni<B> together(Uni<A> work, Function<Uni<A>, Uni<B>> dependent) {
        Uni<A> shared = work.memoize().indefinitely();
        return Uni.combine().all().unis(shared, dependent.apply(shared)).with((done, result) -> result);
    }

    /** Whether this transaction alone, of all nodes, does work of this name until it ends. */
    public Uni<Boolean> tryLock(String work) {
        return execute(TRY_LOCK, Tuple.of(work))
                .map(rows -> rows.iterator().next().getBoolean("acquired"));
    }
}
