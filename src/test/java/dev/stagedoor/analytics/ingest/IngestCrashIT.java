package dev.stagedoor.analytics.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.stagedoor.analytics.Sample;
import dev.stagedoor.analytics.Sums;
import dev.stagedoor.support.Crashes;
import dev.stagedoor.support.Database;
import dev.stagedoor.support.Nodes;
import dev.stagedoor.support.Program;
import dev.stagedoor.support.Remote;
import dev.stagedoor.support.Streams;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What is acknowledged is there, whoever dies, and sums are those of what is there. */
@Tag("executable")
class IngestCrashIT {

    private static final int CRASHES = 20;
    private static final int COLLECTORS = 4;
    private static final long SILENCE = Duration.ofMinutes(5).toMillis();
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    @Test
    void nothingAcknowledgedIsLostAndSumsStayExact() throws Exception {
        Map<String, String> environment = Program.environment();
        List<Collector> collectors = new ArrayList<>();
        ExecutorService threads = Executors.newFixedThreadPool(COLLECTORS);
        try (Nodes nodes = new Nodes(List.of(environment, environment))) {
            Remote.Person owner = new Remote(nodes.url(0)).signUp();
            // Soon enough, hours and a day are over; and the end of the run is never in the future.
            Instant midnight = Instant.now().truncatedTo(ChronoUnit.DAYS).minus(10, ChronoUnit.DAYS);
            long begin = midnight.minus(5, ChronoUnit.MINUTES).toEpochMilli();
            for (int i = 0; i < COLLECTORS; i++) {
                // Two nodes write each stream.
                UUID streamId = i % 2 == 0
                        ? newStream(owner, begin)
                        : collectors.get(i - 1).streamId();
                collectors.add(new Collector(nodes.url(i % 2), owner, streamId, begin, i));
            }
            List<Future<?>> running = new ArrayList<>();
            collectors.forEach(collector -> running.add(threads.submit(collector)));

            for (int crash = 0; crash < CRASHES; crash++) {
                awaitProgress(collectors);
                if (crash % 2 == 0) {
                    nodes.kill(crash / 2 % 2);
                } else {
                    Crashes.killPostgresProcess();
                }
                nodes.startMissing();
            }
            awaitProgress(collectors);
            collectors.forEach(Collector::stop);
            for (Future<?> each : running) {
                assertThat(each.get(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isNull();
            }
        } finally {
            threads.shutdownNow();
        }

        collectors.forEach(IngestCrashIT::assertAllIsThere);
        collectors.stream().map(Collector::streamId).distinct().forEach(IngestCrashIT::assertSumsAreExact);
        collectors.forEach(collector -> assertThat(Database.query(
                        "SELECT start FROM metrics_day WHERE livestream_id = '" + collector.streamId() + "'"))
                .as("days that were over during the crashes")
                .isNotEmpty());
    }

    private static UUID newStream(Remote.Person owner, long begin) {
        String id = owner.request()
                .body(Map.of("title", "Crashing"))
                .post(Streams.STREAMS)
                .then()
                .statusCode(201)
                .extract()
                .path("id");
        Database.change(
                "UPDATE live_stream SET created_at = to_timestamp(%1$d), started_at = to_timestamp(%1$d) WHERE id = '%2$s'"
                        .formatted(begin / 1_000, id));
        return UUID.fromString(id);
    }

    private static void awaitProgress(List<Collector> collectors) {
        List<Integer> before =
                collectors.stream().map(each -> each.acknowledged().size()).toList();
        await().atMost(PATIENCE).until(() -> {
            for (int i = 0; i < before.size(); i++) {
                if (collectors.get(i).acknowledged().size() < before.get(i) + 40) {
                    return false;
                }
            }
            return true;
        });
    }

    private static void assertAllIsThere(Collector collector) {
        List<String> stored =
                Database.query("SELECT round(date_part('epoch', timestamp) * 1000)::bigint FROM livestream_metrics"
                        + " WHERE livestream_id = '" + collector.streamId() + "'");
        assertThat(stored)
                .containsAll(collector.acknowledged().stream()
                        .map(sample -> Long.toString(sample.at()))
                        .distinct()
                        .toList());
    }

    private static void assertSumsAreExact(UUID streamId) {
        BruteForce truth = new BruteForce(SILENCE);
        Database.query(
                        "SELECT concat_ws(' ', round(date_part('epoch', timestamp) * 1000)::bigint, viewer_count, chat_activity)"
                                + " FROM livestream_metrics WHERE livestream_id = '" + streamId + "'")
                .forEach(row -> truth.add(sample(streamId, row.split(" "))));
        Map.of("metrics_minute", 60_000L, "hour_sums", 3_600_000L, "day_sums", 86_400_000L)
                .forEach((table, unit) -> assertThat(sums(table, streamId))
                        .as(table)
                        .isEqualTo(truth.sums(unit, null).values().stream()
                                .map(IngestCrashIT::text)
                                .toList()));
    }

    private static Sample sample(UUID streamId, String[] row) {
        return new Sample(
                streamId,
                Long.parseLong(row[0]),
                Integer.parseInt(row[1]),
                Integer.parseInt(row[2]),
                null,
                null,
                null,
                null);
    }

    private static List<String> sums(String table, UUID streamId) {
        return Database.query(
                "SELECT concat_ws(' ', round(date_part('epoch', start) * 1000)::bigint, viewer_millis, covered_millis,"
                        + " coalesce(viewers_at_start, -1), samples, viewer_sum, coalesce(peak_viewers, -1),"
                        + " coalesce(round(date_part('epoch', peak_at) * 1000)::bigint, -1), chat_messages)"
                        + " FROM " + table + " WHERE livestream_id = '" + streamId + "' ORDER BY start");
    }

    private static String text(Sums sums) {
        return String.join(
                " ",
                Long.toString(sums.start().toEpochMilli()),
                Long.toString(sums.viewerMillis()),
                Long.toString(sums.coveredMillis()),
                Integer.toString(sums.viewersAtStart() == null ? -1 : sums.viewersAtStart()),
                Integer.toString(sums.samples()),
                Long.toString(sums.viewerSum()),
                Integer.toString(sums.peakViewers() == null ? -1 : sums.peakViewers()),
                Long.toString(sums.peakAt() == null ? -1 : sums.peakAt().toEpochMilli()),
                Long.toString(sums.chatMessages()));
    }
}
