package dev.stagedoor.platform.db;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;

/** A transaction of plain SQL that is under way. */
public final class Transaction {

    private final SqlConnection connection;

    Transaction(SqlConnection connection) {
        this.connection = connection;
    }

    public Uni<RowSet<Row>> execute(String sql, Tuple parameters) {
        return connection.preparedQuery(sql).execute(parameters);
    }
}
