package dev.stagedoor.platform.metrics;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.vertx.core.spi.metrics.ClientMetrics;
import java.time.Duration;
import java.util.Comparator;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** {@code database_query_duration_seconds{query_type}}: from sending a statement to its last row. */
class QueryMeter implements ClientMetrics<QueryMeter.Query, Void, Object, Object> {

    private static final Set<String> TYPES =
            Set.of("select", "insert", "update", "delete", "begin", "commit", "rollback");

    /** A part that changes rows: neither a lock ("for update") nor the second half of an upsert. */
    private static final Pattern CHANGE = Pattern.compile(
            "\\b(insert(?=\\s+into\\s)|delete(?=\\s+from\\s)|(?<!\\b(?:for|key|do)\\s{1,20})update(?=\\s))",
            Pattern.CASE_INSENSITIVE);

    private static final Duration[] BUCKETS = {
        Duration.ofMillis(1),
        Duration.ofMillis(5),
        Duration.ofMillis(10),
        Duration.ofMillis(50),
        Duration.ofMillis(100),
        Duration.ofMillis(500),
        Duration.ofSeconds(1),
        Duration.ofSeconds(5)
    };

    private final MeterRegistry registry;

    /** By statement, other than ad hoc: their number is that of those in the program, and a look-up is all that each run costs. */
    private final Map<String, Timer> timers = new ConcurrentHashMap<>();

    QueryMeter(MeterRegistry registry) {
        this.registry = registry;
    }

    record Query(Timer timer, long startNanos) {}

    @Override
    public Query requestBegin(String sql, Object request) {
        Timer timer = sql.startsWith(AdHoc.MARK) ? timer(sql) : timers.computeIfAbsent(sql, this::timer);
        return new Query(timer, System.nanoTime());
    }

    /** The statement's first word; of a query with named parts, what these feed. */
    static String type(String sql) {
        if (sql.startsWith(Upkeep.MARK)) {
            return "upkeep";
        }
        String word = firstWord(sql.startsWith(AdHoc.MARK) ? sql.substring(AdHoc.MARK.length()) : sql);
        if (!word.equals("with")) {
            return TYPES.contains(word) ? word : "other";
        }
        return CHANGE.matcher(sql)
                .results()
                .map(change -> change.group(1).toLowerCase(Locale.ROOT))
                .max(Comparator.naturalOrder())
                .orElse("select");
    }

    private static String firstWord(String sql) {
        String statement = sql.stripLeading();
        int end = 0;
        while (end < statement.length() && Character.isLetter(statement.charAt(end))) {
            end++;
        }
        return statement.substring(0, end).toLowerCase(Locale.ROOT);
    }

    @Override
    public void responseEnd(Query query) {
        record(query);
    }

    @Override
    public void requestReset(Query query) {
        record(query);
    }

    private void record(Query query) {
        query.timer().record(System.nanoTime() - query.startNanos(), TimeUnit.NANOSECONDS);
    }

    private Timer timer(String sql) {
        return Timer.builder("database_query_duration_seconds")
                .description("Duration of database queries")
                .tag("query_type", type(sql))
                .serviceLevelObjectives(BUCKETS)
                .register(registry);
    }
}
