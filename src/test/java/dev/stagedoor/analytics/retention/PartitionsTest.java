package dev.stagedoor.analytics.retention;

import static dev.stagedoor.analytics.Samples.sample;
import static dev.stagedoor.analytics.Samples.startedAt;
import static dev.stagedoor.analytics.Samples.store;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import dev.stagedoor.analytics.Samples;
import dev.stagedoor.support.Api;
import dev.stagedoor.support.Api.Person;
import dev.stagedoor.support.Database;
import dev.stagedoor.support.StagedoorTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@StagedoorTest
class PartitionsTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** Into any time, past all checks. */
    private static final String INSERT =
            "INSERT INTO livestream_metrics (livestream_id, timestamp, viewer_count, chat_activity)"
                    + " VALUES (gen_random_uuid(), '%s', 1, 0)";

    @Inject
    Partitions partitions;

    private static List<String> partitionsOf(String streamId) {
        return Database.query("SELECT tableoid::regclass FROM livestream_metrics WHERE livestream_id = '" + streamId
                + "' ORDER BY timestamp");
    }

    @Test
    void thereArePartitionsForMonthsAhead() {
        YearMonth now = YearMonth.now(ZoneOffset.UTC);
        assertThat(Database.query(
                        "SELECT inhrelid::regclass FROM pg_inherits WHERE inhparent = 'livestream_metrics'::regclass"))
                .containsAll(IntStream.rangeClosed(-1, 4)
                        .mapToObj(ahead -> name(now.plusMonths(ahead)))
                        .toList());
    }

    private static String name(YearMonth month) {
        return String.format("livestream_metrics_y%dm%02d", month.getYear(), month.getMonthValue());
    }

    @Test
    void samplesOfAMonthWithoutAPartitionMoveIntoOne() {
        Person owner = Api.signUp();
        Instant leapDay = Instant.parse("2024-02-29T23:59:30Z");
        String stream = startedAt(owner, leapDay);
        store(owner, List.of(sample(stream, leapDay, 1, 0), sample(stream, leapDay.plusSeconds(60), 2, 0)));

        assertThat(partitions.keep(Instant.now()).replaceWith(true).await().atMost(PATIENCE))
                .isTrue();

        assertThat(partitionsOf(stream)).containsExactly("livestream_metrics_y2024m02", "livestream_metrics_y2024m03");
        store(owner, List.of(sample(stream, leapDay, 9, 0), sample(stream, leapDay.plusSeconds(1), 3, 0)));
        assertThat(Database.query("SELECT viewer_count FROM livestream_metrics WHERE livestream_id = '" + stream
                        + "' ORDER BY timestamp"))
                .containsExactly("1", "3", "2");
    }

    @ParameterizedTest
    @CsvSource({
        "2031-12-31T23:59:59.999Z, livestream_metrics_y2031m12",
        "2032-01-01T00:00:00.000Z, livestream_metrics_y2032m01",
        "2032-02-29T23:59:59.999Z, livestream_metrics_y2032m02",
        "2032-03-01T00:00:00.000Z, livestream_metrics_y2032m03"
    })
    void whateverTheTimeIsASampleHasAPlaceBeforeAndAfterItsPartitionIsMade(String moment, String partition) {
        String where = "SELECT tableoid::regclass FROM livestream_metrics WHERE timestamp = '" + moment + "' LIMIT 1";
        String add = "SELECT add_metrics_partition('" + moment + "')";

        assertThat(Database.tryOut(INSERT.formatted(moment), where)).containsExactly("livestream_metrics_default");
        assertThat(Database.tryOut(INSERT.formatted(moment), add, where)).containsExactly(partition);
        assertThat(Database.tryOut(add, add, INSERT.formatted(moment), where)).containsExactly(partition);
    }

    @Test
    void partitionsThatAreOldGoAsAWholeAndSumsStay() {
        String samples = "SELECT count(*) FROM livestream_metrics WHERE timestamp < '2001-03-01'";
        String[] begin = {
            "SELECT add_metrics_partition('2001-01-15'), add_metrics_partition('2001-02-15')",
            INSERT.formatted("2001-01-15"),
            INSERT.formatted("2001-02-15")
        };
        String drop = "SELECT drop_metrics_partitions('%s')";

        assertThat(Database.tryOut(begin[0], begin[1], begin[2], drop.formatted("2001-02-01")))
                .containsExactly("1");
        assertThat(Database.tryOut(begin[0], begin[1], begin[2], drop.formatted("2001-02-28"), samples))
                .containsExactly("1");
        assertThat(Database.tryOut(begin[0], begin[1], begin[2], drop.formatted("2001-03-01"), samples))
                .containsExactly("0");
        assertThat(Database.tryOut(
                        begin[0], drop.formatted("2001-03-01"), "SELECT moment = '2001-03-01' FROM metrics_horizon"))
                .containsExactly("t");
        assertThat(Database.tryOut(
                        begin[0],
                        "INSERT INTO metrics_day VALUES (gen_random_uuid(), '2001-01-15', 0, 0, NULL, 1, 1, 1, '2001-01-15', 0)",
                        drop.formatted("2001-03-01"),
                        "SELECT count(*) FROM metrics_day WHERE start = '2001-01-15'"))
                .containsExactly("1");
    }

    @Test
    void samplesOfATimeThatIsNotKeptAreRefused() {
        Person owner = Api.signUp();
        Instant longAgo = Instant.parse("2001-01-15T10:00:00Z");
        String stream = startedAt(owner, longAgo);
        Database.change("UPDATE metrics_horizon SET moment = '2001-02-01'");

        // Of the second, what held before it may be gone.
        Samples.post(
                        owner,
                        List.of(
                                sample(stream, longAgo, 1, 0),
                                sample(stream, Instant.parse("2001-02-01T00:04:59Z"), 1, 0),
                                sample(stream, Instant.parse("2001-02-01T00:05:00Z"), 1, 0)))
                .then()
                .statusCode(207)
                .body("problems.index", equalTo(List.of(0, 1)))
                .body("problems[0].type", containsString("sample-too-old"));
    }
}
