package dev.stagedoor.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/** How many statements the program has the database run for who asks, as its metrics say. */
final class SqlStatements {

    private static final Pattern COUNT =
            Pattern.compile("(?m)^database_query_duration_seconds_count\\{query_type=\"(?!upkeep)[^}]*} ([0-9.E+]+)$");

    private SqlStatements() {}

    static double ofARead(int port, Account reader, String path) throws IOException {
        double before = count(port);
        int bytes = reader.get(port, path).length;
        double statements = count(port) - before;
        Benchmarks.progress("%d bytes by %.0f statements", bytes, statements);
        return statements;
    }

    private static double count(int port) throws IOException {
        String metrics = new String(Account.NOBODY.get(port, "/q/metrics"), StandardCharsets.UTF_8);
        return COUNT.matcher(metrics)
                .results()
                .mapToDouble(series -> Double.parseDouble(series.group(1)))
                .sum();
    }
}
