package dev.stagedoor.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * How soon who watches a stream has a sample, or a newer one, once it is acknowledged. There is one push per stream and
 * second: where samples come more often, they wait for it.
 */
final class SamplePush {

    private static final int STREAMS = 100;
    private static final int[] PER_SECOND = {1, 20};
    private static final Duration WARM_UP = Duration.ofSeconds(10);
    private static final Duration ROUND = Duration.ofSeconds(30);
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Pattern TIME = Pattern.compile("\"timestamp\":\"([^\"]+)\"");

    private final Installation installation;

    SamplePush(Installation installation) {
        this.installation = installation;
    }

    /** After {@link SampleIngest}, which makes the database. */
    List<String[]> measure(List<Build> builds) throws IOException {
        Map<Integer, Map<String, Double>> p99 = new HashMap<>();
        for (Build build : builds) {
            int port = Installation.freePort();
            try (Program program = Program.start(
                    build,
                    installation.environment(SampleIngest.DATABASE, port),
                    installation.file("push-" + build.name() + ".log"))) {
                program.millisToOk(port, "/q/health/ready");
                Account owner = Account.register(port, "owner-of-pushes-" + build.name());
                for (int perSecond : PER_SECOND) {
                    Benchmarks.progress("Pushing samples, %d a second, %s", perSecond, build.name());
                    p99.computeIfAbsent(perSecond, rate -> new HashMap<>())
                            .put(build.name(), p99(port, owner, perSecond));
                }
            }
        }
        List<String[]> rows = new ArrayList<>();
        for (int perSecond : PER_SECOND) {
            rows.add(Table.row(
                    "sample to who watches, %d/s of each of 100 streams, p99, ms".formatted(perSecond),
                    p99.get(perSecond),
                    "%,.0f",
                    Double.NaN));
        }
        return rows;
    }

    private double p99(int port, Account owner, int perSecond) throws IOException {
        List<UUID> ids = Samples.newStreams(STREAMS);
        execute(SampleIngest.newStreams(ids, owner, 1));
        List<Watcher> watchers = new ArrayList<>();
        for (UUID id : ids) {
            watchers.add(new Watcher(id, ClientSocket.subscribed(port, "stream-" + id)));
        }
        watchers.forEach(Watcher::start);
        send(port, owner, watchers, perSecond, WARM_UP);
        Map<Instant, Long> acknowledged = send(port, owner, watchers, perSecond, ROUND);
        List<Double> millis = watchers.stream()
                .flatMap(watcher -> acknowledged.entrySet().stream()
                        .map(each -> Math.max(0, watcher.arrival(each.getKey()) - each.getValue()) / 1e6))
                .sorted()
                .toList();
        for (Watcher watcher : watchers) {
            watcher.socket.close();
        }
        return millis.get(millis.size() * 99 / 100);
    }

    /** When the samples of each moment were acknowledged, as of {@link System#nanoTime}; all have arrived. */
    private static Map<Instant, Long> send(
            int port, Account owner, List<Watcher> watchers, int perSecond, Duration duration) throws IOException {
        Map<Instant, Long> acknowledged = new HashMap<>();
        long interval = 1_000_000_000L / perSecond;
        long begin = System.nanoTime();
        for (long due = 0; due < duration.toNanos(); due += interval) {
            sleepUntil(begin + due);
            Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
            watchers.forEach(watcher -> watcher.expect(now));
            owner.answer(port, "POST", "/api/v1/metrics/batch", batch(watchers, now));
            acknowledged.put(now, System.nanoTime());
        }
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!watchers.stream().allMatch(Watcher::hasAll)) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException("A sample was never pushed");
            }
            sleepUntil(System.nanoTime() + 10_000_000);
        }
        return acknowledged;
    }

    private static void sleepUntil(long nanos) {
        try {
            Thread.sleep(
                    Duration.ofNanos(Math.max(0, nanos - System.nanoTime())).toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static String batch(List<Watcher> watchers, Instant at) {
        return watchers.stream()
                .map(watcher -> "{\"streamId\":\"%s\",\"timestamp\":\"%s\",\"viewerCount\":7,\"chatActivity\":1}"
                        .formatted(watcher.streamId, at))
                .collect(Collectors.joining(",", "[", "]"));
    }

    private void execute(String sql) {
        try (Connection connection = installation.connect(SampleIngest.DATABASE);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static final class Watcher {

        private final UUID streamId;
        private final ClientSocket socket;
        private final Deque<Instant> expected = new ArrayDeque<>();
        private final Map<Instant, Long> arrivals = new HashMap<>();

        Watcher(UUID streamId, ClientSocket socket) {
            this.streamId = streamId;
            this.socket = socket;
        }

        void start() {
            Thread thread = new Thread(this::listen, "watcher");
            thread.setDaemon(true);
            thread.start();
        }

        /** Until the socket is closed. */
        private void listen() {
            try {
                while (true) {
                    Matcher time = TIME.matcher(socket.read());
                    if (time.find()) {
                        reached(Instant.parse(time.group(1)), System.nanoTime());
                    }
                }
            } catch (IOException e) {
                if (socket.channel().isOpen()) {
                    throw new UncheckedIOException(e);
                }
            }
        }

        synchronized void expect(Instant at) {
            expected.add(at);
        }

        private synchronized void reached(Instant newest, long nanos) {
            while (!expected.isEmpty() && !expected.peek().isAfter(newest)) {
                arrivals.put(expected.remove(), nanos);
            }
        }

        synchronized boolean hasAll() {
            return expected.isEmpty();
        }

        synchronized long arrival(Instant at) {
            return arrivals.get(at);
        }
    }
}
