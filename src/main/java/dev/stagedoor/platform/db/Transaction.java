package dev.stagedoor.platform.db;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;

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

    /** Whether this transaction alone, of all nodes, does work of this name until it ends. */
    public Uni<Boolean> tryLock(String work) {
        return execute(TRY_LOCK, Tuple.of(work))
                .map(rows -> rows.iterator().next().getBoolean("acquired"));
    }
}
