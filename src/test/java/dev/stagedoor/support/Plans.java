package dev.stagedoor.support;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.flywaydb.core.Flyway;

/**
 * How PostgreSQL would run a statement. Each plan is made in a database of its own, with the schema and no rows but those
 * that the test writes there: what other tests have written, or when statistics were last taken of it, changes none.
 */
public final class Plans {

    private static final String TEMPLATE = "plans_template";
    private static final String COPY = "plans";

    private static boolean isMigrated;

    private Plans() {}

    /** The plan if tables were large. */
    public static String of(String statement, String parameters) {
        return of(List.of(), statement, parameters);
    }

    /**
     * As {@link #of(String, String)}, where indexes are so much alike that it depends on the rows which is taken.
     *
     * @param rows statements that write some
     */
    public static String of(List<String> rows, String statement, String parameters) {
        List<String> statements = new ArrayList<>(rows);
        statements.add("SET LOCAL enable_seqscan = off");
        statements.add("SET LOCAL enable_bitmapscan = off");
        statements.add("PREPARE statement AS " + statement);
        statements.add("EXPLAIN EXECUTE statement(" + parameters + ")");
        return run(statements);
    }

    /** Runs these statements in one transaction; answers the lines of the last one's answer. */
    public static synchronized String run(List<String> statements) {
        migrate();
        Database.runAlone("CREATE DATABASE " + COPY + " TEMPLATE " + TEMPLATE);
        try (Connection connection = Database.connect(COPY)) {
            connection.setAutoCommit(false);
            List<String> lines = List.of();
            for (String sql : statements) {
                lines = Database.rows(connection, sql);
            }
            return String.join("\n", lines);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        } finally {
            Database.runAlone("DROP DATABASE " + COPY + " WITH (FORCE)");
        }
    }

    private static void migrate() {
        if (isMigrated) {
            return;
        }
        Database.runAlone("CREATE DATABASE " + TEMPLATE);
        Flyway.configure()
                .dataSource(Database.url(TEMPLATE), Database.USER, Database.USER)
                .locations("classpath:db/migration")
                .load()
                .migrate();
        isMigrated = true;
    }
}
