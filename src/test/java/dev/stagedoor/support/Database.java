package dev.stagedoor.support;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** The database of the test run, for what cannot be done or seen over HTTP. */
public final class Database {

    private Database() {}

    public static void change(String statement) {
        List<String> none = query(statement);
        if (!none.isEmpty()) {
            throw new IllegalArgumentException(statement + " is a query");
        }
    }

    /** Runs these statements in one transaction; answers the first column of the last one's rows, if it has any. */
    public static List<String> query(String... statements) {
        return run(statements, true);
    }

    /** As {@link #query}, and leaves everything as it was. */
    public static List<String> tryOut(String... statements) {
        return run(statements, false);
    }

    /** How PostgreSQL would run a statement if tables were large. */
    public static String plan(String statement, String parameters) {
        return String.join(
                "\n",
                tryOut(
                        "SET LOCAL enable_seqscan = off",
                        "SET LOCAL enable_bitmapscan = off",
                        "PREPARE statement AS " + statement,
                        "EXPLAIN EXECUTE statement(" + parameters + ")"));
    }

    private static List<String> run(String[] statements, boolean isKept) {
        String url =
                EmbeddedServices.servers().databaseUrl().replaceAll(".*@([^/]+)/.*", "jdbc:postgresql://$1/postgres");
        try (Connection connection = DriverManager.getConnection(url, "postgres", "postgres")) {
            connection.setAutoCommit(false);
            List<String> values = new ArrayList<>();
            for (String sql : statements) {
                values = rows(connection, sql);
            }
            if (isKept) {
                connection.commit();
            } else {
                connection.rollback();
            }
            return values;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<String> rows(Connection connection, String sql) throws SQLException {
        List<String> values = new ArrayList<>();
        try (Statement statement = connection.createStatement()) {
            if (statement.execute(sql)) {
                ResultSet rows = statement.getResultSet();
                while (rows.next()) {
                    values.add(rows.getString(1));
                }
            }
        }
        return values;
    }
}
