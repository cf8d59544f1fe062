package dev.stagedoor.analytics.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stagedoor.analytics.AnalyticsConfig;
import dev.stagedoor.analytics.SumRows;
import dev.stagedoor.analytics.Sums;
import dev.stagedoor.analytics.ingest.SampleWriter.Offered;
import dev.stagedoor.support.Api;
import dev.stagedoor.support.Database;
import dev.stagedoor.support.StagedoorTest;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.quarkus.vertx.VertxContextSupport;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Whatever comes in whatever order: the sums are those of a count from the beginning, to the last digit. */
@StagedoorTest
class SumsTest {

    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final int SERIES = 10_000;
    private static final int MAX_SAMPLES = 24;
    private static final int ROUND_OF_ENDS = 3;
    private static final long MINUTE = 60_000;
    private static final Map<String, Long> UNITS =
            Map.of("metrics_minute", MINUTE, "hour_sums", 60 * MINUTE, "day_sums", 1_440 * MINUTE);

    @Inject
    SampleWriter writer;

    @Inject
    StreamEnds streamEnds;

    @Inject
    AnalyticsConfig config;

    @Inject
    Pool pool;

    /**
     * A stream, what is to be sampled of it and what was.
     *
     * @param end when it ends, in milliseconds since 1970; null where it goes on
     * @param endsLate whether that is known only when samples of later are there
     */
    private record Subject(RandomSeries series, BruteForce truth, Long end, boolean endsLate) {

        private UUID id() {
            return series.streamId();
        }

        private Long knownEnd() {
            return endsLate ? null : end;
        }
    }

    @Test
    void sumsAreThoseOfACountFromTheBeginning() {
        Random random = new Random(20261121);
        long now = Instant.now().toEpochMilli();
        List<Subject> subjects =
                subjects(random, now, UUID.fromString(Api.signUp().id()));

        for (int round = 0; ; round++) {
            if (round == ROUND_OF_ENDS) {
                endLate(subjects.stream().filter(Subject::endsLate).toList());
            }
            List<Offered> offered = new ArrayList<>();
            subjects.forEach(subject -> subject.series().take().forEach(sample -> {
                subject.truth().add(sample);
                offered.add(new Offered(sample, null));
            }));
            if (offered.isEmpty()) {
                break;
            }
            assertThat(writer.write(offered).await().atMost(PATIENCE).refusals())
                    .isEmpty();
        }

        UNITS.forEach((table, unit) -> assertEqual(table, unit, subjects));
    }

    private List<Subject> subjects(Random random, long now, UUID ownerId) {
        List<Subject> subjects = new ArrayList<>();
        StringBuilder rows = new StringBuilder();
        for (int i = 0; i < SERIES; i++) {
            UUID id = UUID.randomUUID();
            long begin = now - Duration.ofDays(29).toMillis() + random.nextInt(1_000_000_000);
            Long end = random.nextInt(3) == 0 ? begin + random.nextInt(3_000_000) : null;
            Subject subject = new Subject(
                    new RandomSeries(random, id, begin, 1 + random.nextInt(MAX_SAMPLES)),
                    new BruteForce(config.silence().toMillis()),
                    end,
                    end != null && random.nextInt(5) == 0);
            rows.append(i == 0 ? "" : ", ").append(row(id, ownerId, begin, subject.knownEnd()));
            subjects.add(subject);
        }
        Database.change("""
                WITH made AS (
                    INSERT INTO live_stream (id, owner_id, title, tags, created_at, started_at, ended_at)
                    SELECT id, owner, 'made', '{}', started, started, ended FROM (VALUES %s) AS v (id, owner, started, ended)
                    RETURNING id, owner_id
                )
                INSERT INTO stream_participant (id, stream_id, user_id, role, state, owner)
                SELECT gen_random_uuid(), id, owner_id, 'host', 'backstage', true FROM made""".formatted(rows));
        return subjects;
    }

    private void endLate(List<Subject> subjects) {
        String ends = subjects.stream()
                .map(subject -> "('" + subject.id() + "'::uuid, " + time(subject.end()) + ")")
                .collect(Collectors.joining(", "));
        Database.change(
                "UPDATE live_stream s SET ended_at = v.at FROM (VALUES " + ends + ") AS v (id, at) WHERE s.id = v.id");
        for (Subject subject : subjects) {
            Instant at = Instant.ofEpochMilli(subject.end());
            inDatabaseSession(() -> streamEnds.ended(subject.id(), at));
        }
    }

    private static void inDatabaseSession(Supplier<Uni<Void>> work) {
        try {
            Void unused = VertxContextSupport.subscribeAndAwait(() -> Panache.withTransaction(work));
        } catch (Throwable failure) {
            throw new AssertionError(failure);
        }
    }

    private static String row(UUID id, UUID ownerId, long begin, Long end) {
        return "('" + id + "'::uuid, '" + ownerId + "'::uuid, " + time(begin) + ", " + time(end) + ")";
    }

    private static String time(Long millis) {
        return millis == null ? "NULL::timestamptz" : "to_timestamp(" + millis + "::float8 / 1000)";
    }

    private void assertEqual(String table, long unit, List<Subject> subjects) {
        Map<UUID, TreeMap<Long, Sums>> found = new HashMap<>();
        for (Row row : pool.query("SELECT * FROM " + table).execute().await().atMost(PATIENCE)) {
            Sums sums = SumRows.sums(row);
            // Where all is cut away again, a row of zeros stays.
            if (sums.isKnown()) {
                found.computeIfAbsent(row.getUUID("livestream_id"), id -> new TreeMap<>())
                        .put(sums.start().toEpochMilli(), sums);
            }
        }
        subjects.forEach(subject -> assertThat(found.get(subject.id()))
                .as("%s of a stream that ends at %s", table, subject.end())
                .isEqualTo(subject.truth().sums(unit, subject.end())));
    }
}
