package dev.stagedoor.bench;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.postgresql.PGConnection;

/**
 * How many samples are acknowledged in a second, with all sums kept. The baselines are {@code COPY} of the same rows into the
 * same table without sums, and what is often done: an INSERT of 100 rows, and a trigger that refreshes a
 * materialized view.
 */
final class SampleIngest {

    static final String DATABASE = "samples";

    private static final int STREAMS = 1_024;
    private static final int[] BATCHES = {100, 2_000};
    private static final int COPY_ROWS = 200_000;
    private static final int COPIES = 3;
    private static final int SEED_ROWS = 100_000;
    private static final int SEED_BATCH = 100;
    private static final int SEED_BATCHES = 20;
    private static final Duration WARM_UP = Duration.ofSeconds(10);
    private static final Duration ROUND = Duration.ofSeconds(60);
    private static final Duration BACK = Duration.ofDays(25);

    private static final String SEED = """
            CREATE TABLE seed_metrics (livestream_id uuid, timestamp timestamptz, viewer_count integer,
                                       PRIMARY KEY (livestream_id, timestamp));
            CREATE MATERIALIZED VIEW seed_hourly AS
                SELECT date_trunc('hour', timestamp) AS hour, livestream_id, avg(viewer_count) AS avg_viewers,
                       max(viewer_count) AS peak_viewers, count(*) AS data_points
                FROM seed_metrics GROUP BY 1, 2;
            CREATE UNIQUE INDEX ON seed_hourly (hour, livestream_id);
            CREATE FUNCTION refresh_seed() RETURNS trigger LANGUAGE plpgsql AS
                'BEGIN REFRESH MATERIALIZED VIEW CONCURRENTLY seed_hourly; RETURN NULL; END';
            """;

    private final Installation installation;

    SampleIngest(Installation installation) {
        this.installation = installation;
    }

    List<String[]> measure(List<Build> builds) throws IOException {
        installation.createDatabase(DATABASE);
        List<String[]> rows = new ArrayList<>();
        Map<Integer, Map<String, Double>> perSecond = new HashMap<>();
        Map<Integer, Map<String, Double>> p99 = new HashMap<>();
        Map<Integer, Map<String, Double>> growth = new HashMap<>();
        // The machine is faster at some times than at others.
        List<Double> copies = new ArrayList<>();
        for (Build build : builds) {
            measure(build, perSecond, p99, growth);
            copies.addAll(copies());
        }
        double copy = Table.median(copies);
        for (int batch : BATCHES) {
            rows.add(Table.row(
                    "samples/s by batches of %,d, against COPY".formatted(batch), perSecond.get(batch), "%,.0f", copy));
        }
        rows.add(Table.row(
                "– by batches of 100, against INSERT and refresh", perSecond.get(SEED_BATCH), "%,.0f", seedsWay()));
        for (int batch : BATCHES) {
            rows.add(Table.row("– p99 of a batch of %,d, ms".formatted(batch), p99.get(batch), "%.0f", Double.NaN));
        }
        for (int batch : BATCHES) {
            rows.add(Table.row(
                    "– memory after 60 s of batches of %,d, MiB more".formatted(batch),
                    growth.get(batch),
                    "%+.0f",
                    Double.NaN));
        }
        return rows;
    }

    private void measure(
            Build build,
            Map<Integer, Map<String, Double>> perSecond,
            Map<Integer, Map<String, Double>> p99,
            Map<Integer, Map<String, Double>> growth)
            throws IOException {
        int port = Installation.freePort();
        try (Program program = Program.start(
                build,
                installation.environment(DATABASE, port),
                installation.file("samples-" + build.name() + ".log"))) {
            program.millisToOk(port, "/q/health/ready");
            Account owner = Account.register(port, "collector-" + build.name());
            for (int batch : BATCHES) {
                Load load = new HttpLoad(port, collectors(batch, owner), 202);
                Benchmarks.progress("Ingesting batches of %d, %s", batch, build.name());
                load.run(WARM_UP);
                double before = program.privateMegabytes();
                Load.Round round = load.run(ROUND);
                Benchmarks.progress("%,.0f samples/s", round.perSecond() * batch);
                growth.computeIfAbsent(batch, size -> new HashMap<>())
                        .put(build.name(), program.privateMegabytes() - before);
                perSecond.computeIfAbsent(batch, size -> new HashMap<>()).put(build.name(), round.perSecond() * batch);
                p99.computeIfAbsent(batch, size -> new HashMap<>()).put(build.name(), round.p99Millis());
            }
        }
    }

    /** Of each connection, the next batch of its own streams. */
    private List<Supplier<byte[]>> collectors(int batch, Account owner) {
        List<UUID> streams = makeStreams(owner);
        Instant begin = Instant.now().minus(BACK);
        int each = STREAMS / connections(batch);
        List<Supplier<byte[]>> collectors = new ArrayList<>();
        for (int from = 0; from < STREAMS; from += each) {
            Samples samples = new Samples(streams.subList(from, from + each), begin);
            collectors.add(() -> samples.request(batch, owner.authorization()));
        }
        return collectors;
    }

    /** No more than half of what may wait: those of one round may still do so when the next one begins. */
    private static int connections(int batch) {
        return batch > 1_000 ? 16 : 128;
    }

    /** Past the service, which would take longer. */
    private List<UUID> makeStreams(Account owner) {
        List<UUID> ids = Samples.newStreams(STREAMS);
        execute(newStreams(ids, owner, 26));
        installation.settle(DATABASE);
        return ids;
    }

    /** A statement that makes live streams which began so many days ago. */
    static String newStreams(List<UUID> ids, Account owner, int daysAgo) {
        String values = ids.stream().map(id -> "('" + id + "'::uuid)").collect(Collectors.joining(","));
        return """
                WITH made AS (
                    INSERT INTO live_stream (id, owner_id, title, tags, created_at, started_at)
                    SELECT id, '%1$s', 'Stream', '{}', now() - interval '%2$d days', now() - interval '%2$d days'
                    FROM (VALUES %3$s) AS v (id)
                    RETURNING id, owner_id
                )
                INSERT INTO stream_participant (id, stream_id, user_id, role, state, owner)
                SELECT gen_random_uuid(), id, owner_id, 'host', 'backstage', true FROM made
                """.formatted(owner.userId(), daysAgo, values);
    }

    /** Rows per second, several times. */
    private List<Double> copies() throws IOException {
        Benchmarks.progress("Copying the same rows");
        List<Double> perSecond = new ArrayList<>();
        Samples samples = new Samples(Samples.newStreams(STREAMS), Instant.now().minus(BACK));
        for (int i = 0; i < COPIES; i++) {
            byte[] text = samples.copyText(COPY_ROWS);
            try (Connection connection = installation.connect(DATABASE)) {
                long begin = System.nanoTime();
                connection
                        .unwrap(PGConnection.class)
                        .getCopyAPI()
                        .copyIn(
                                "COPY livestream_metrics (livestream_id, timestamp, viewer_count, chat_activity) FROM STDIN",
                                new ByteArrayInputStream(text));
                perSecond.add(COPY_ROWS / ((System.nanoTime() - begin) / 1e9));
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        }
        return perSecond;
    }

    private double seedsWay() {
        Benchmarks.progress("Inserting and refreshing");
        Samples samples = new Samples(Samples.newStreams(STREAMS), Instant.now().minus(BACK));
        execute(SEED);
        execute("INSERT INTO seed_metrics VALUES " + samples.values(SEED_ROWS));
        execute("REFRESH MATERIALIZED VIEW seed_hourly");
        execute(
                "CREATE TRIGGER refresh_seed AFTER INSERT ON seed_metrics FOR EACH STATEMENT EXECUTE FUNCTION refresh_seed()");
        installation.settle(DATABASE);
        long begin = System.nanoTime();
        for (int i = 0; i < SEED_BATCHES; i++) {
            execute("INSERT INTO seed_metrics VALUES " + samples.values(SEED_BATCH));
        }
        return SEED_BATCHES * SEED_BATCH / ((System.nanoTime() - begin) / 1e9);
    }

    private void execute(String sql) {
        try (Connection connection = installation.connect(DATABASE);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
