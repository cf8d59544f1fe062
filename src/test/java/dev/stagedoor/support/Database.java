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

    static final String USER = "postgres";

    private static final String SERVICE = "postgres";

    private Database() {}

    /** Runs these statements in one transaction. */
    public static void change(String... statements) {
        List<String> none = query(statements);
        if (!none.isEmpty()) {
            throw new IllegalArgumentException(statements[statements.length - 1] + " is a query");
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

    /** Runs a statement in no transaction, as one that commits by itself needs it. */
    public static void runAlone(String sql) {
        try (Connection connection = connect(SERVICE);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<String> run(String[] statements, boolean isKept) {
        try (Connection connection = connect(SERVICE)) {
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

    static Connection connect(String database) throws SQLException {
        return DriverManager.getConnection(url(database), USER, USER);
    }

    static String url(String database) {
        return EmbeddedServices.servers().databaseUrl().replaceAll(".*@([^/]+)/.*", "jdbc:postgresql://$1/" + database);
    }

    static List<String> rows(Connection connection, String sql) throws SQLException {
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
