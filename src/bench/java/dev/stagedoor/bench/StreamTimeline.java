package dev.stagedoor.bench;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** 90 days of hours of one stream, of which there are ten million samples; the baseline groups the samples. */
final class StreamTimeline {

    private static final int SAMPLES = 10_000_000;
    private static final int DAYS = 90;
    private static final int WARM_UPS = 100;
    private static final int READS = 300;
    private static final int GROUPINGS = 3;

    private static final String MONTHS =
            "SELECT add_metrics_partition(now() - make_interval(months => ago)) FROM generate_series(0, 4) AS ago";

    private static final String FILL = """
            INSERT INTO livestream_metrics (livestream_id, timestamp, viewer_count, chat_activity)
            SELECT '%s', to_timestamp(%d + n::bigint * %d / 1000.0), 1000 + n %% 977, n %% 5 FROM generate_series(0, %d) AS n
            """;

    private static final String MINUTES = """
            INSERT INTO metrics_minute
            SELECT livestream_id, date_trunc('minute', timestamp), sum(viewer_count::bigint * %2$d), least(count(*) * %2$d, 60000),
                   min(viewer_count), count(*), sum(viewer_count), max(viewer_count), min(timestamp), sum(chat_activity)
            FROM livestream_metrics WHERE livestream_id = '%1$s' GROUP BY 1, 2
            """;

    private static final String NEWEST = """
            INSERT INTO newest_sample
            SELECT livestream_id, timestamp, viewer_count FROM livestream_metrics WHERE livestream_id = '%s'
            ORDER BY timestamp DESC LIMIT 1
            """;

    private static final String HOURS = """
            INSERT INTO metrics_hour
            SELECT h.* FROM newest_sample n
            CROSS JOIN LATERAL hours_of_minutes(n.livestream_id, '-infinity', date_trunc('hour', n.timestamp, 'UTC')) h
            WHERE n.livestream_id = '%s'
            """;

    private static final String GROUP = """
            SELECT date_trunc('hour', timestamp), avg(viewer_count), max(viewer_count), count(*), sum(chat_activity)
            FROM livestream_metrics WHERE livestream_id = '%s' AND timestamp >= to_timestamp(%d)
            GROUP BY 1 ORDER BY 1
            """;

    private final Installation installation;

    StreamTimeline(Installation installation) {
        this.installation = installation;
    }

    /** After {@link SampleIngest}, which makes the database. */
    List<String[]> measure(List<Build> builds) throws IOException {
        Map<String, Double> p95 = new HashMap<>();
        UUID streamId = UUID.randomUUID();
        Instant begin = Instant.now().minus(DAYS, ChronoUnit.DAYS).truncatedTo(ChronoUnit.HOURS);
        Account owner = null;
        double grouping = Double.NaN;
        for (Build build : builds) {
            int port = Installation.freePort();
            try (Program program = Program.start(
                    build,
                    installation.environment(SampleIngest.DATABASE, port),
                    installation.file("timeline-" + build.name() + ".log"))) {
                program.millisToOk(port, "/q/health/ready");
                if (owner == null) {
                    // The others take its token, too.
                    owner = Account.register(port, "owner-of-a-timeline");
                    fill(streamId, begin, owner);
                    grouping = group(streamId, begin);
                }
                p95.put(build.name(), read(port, streamId, begin, owner));
            }
        }
        return List.<String[]>of(Table.row(
                "90 days of hours over 10 million samples, p95, ms, against grouping them", p95, "%,.1f", grouping));
    }

    private void fill(UUID streamId, Instant begin, Account owner) {
        Benchmarks.progress("Making ten million samples");
        long step = Duration.ofDays(DAYS).toMillis() / SAMPLES;
        execute(SampleIngest.newStreams(List.of(streamId), owner, DAYS + 1));
        execute(MONTHS);
        execute(FILL.formatted(streamId, begin.getEpochSecond(), step, SAMPLES - 1));
        execute(MINUTES.formatted(streamId, step));
        execute(NEWEST.formatted(streamId));
        execute(HOURS.formatted(streamId));
        installation.settle(SampleIngest.DATABASE);
    }

    private double group(UUID streamId, Instant begin) {
        List<Double> millis = new ArrayList<>();
        for (int i = 0; i < GROUPINGS; i++) {
            long from = System.nanoTime();
            execute(GROUP.formatted(streamId, begin.getEpochSecond()));
            millis.add((System.nanoTime() - from) / 1e6);
        }
        return Table.median(millis);
    }

    private static double read(int port, UUID streamId, Instant begin, Account reader) throws IOException {
        Benchmarks.progress("Reading the timeline");
        String path = "/api/v1/streams/" + streamId + "/analytics?bucket=hour&from=" + begin;
        List<Double> millis = new ArrayList<>();
        for (int i = 0; i < WARM_UPS + READS; i++) {
            long from = System.nanoTime();
            int bytes = reader.get(port, path).length;
            if (bytes < DAYS) {
                throw new IllegalStateException("Nothing was read");
            }
            if (i >= WARM_UPS) {
                millis.add((System.nanoTime() - from) / 1e6);
            }
        }
        return millis.stream().sorted().skip(READS * 95 / 100).findFirst().orElseThrow();
    }

    private void execute(String sql) {
        try (Connection connection = installation.connect(SampleIngest.DATABASE);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
