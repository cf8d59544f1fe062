package dev.stagedoor.analytics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stagedoor.support.Database;
import dev.stagedoor.support.StagedoorTest;
import org.junit.jupiter.api.Test;

/** That each index serves what it is there for. */
@StagedoorTest
class PlansTest {

    private static String plan(String statement, String parameters) {
        return String.join(
                "\n",
                Database.tryOut(
                        "SET LOCAL enable_seqscan = off",
                        "SET LOCAL enable_bitmapscan = off",
                        "PREPARE statement AS " + statement,
                        "EXPLAIN EXECUTE statement(" + parameters + ")"));
    }

    @Test
    void neighboursAreFoundByTheKeyOfTheirPartitionInBothDirections() {
        String plan = plan(SampleStore.NEIGHBOURS, "ARRAY[gen_random_uuid()], ARRAY[now()], 300.0::float8");

        assertThat(plan).contains("Index Scan using livestream_metrics_y").contains("Index Scan Backward using");
        assertThat(plan).doesNotContain("Seq Scan on livestream_metrics");
    }

    @Test
    void aPageOfSamplesComesFromTheKeyOfItsMonthsAlone() {
        String plan = plan(
                ExportQueries.PAGE,
                "gen_random_uuid(), '2026-11-02T00:00:00Z'::timestamptz, '2026-11-03T00:00:00Z'::timestamptz, 10");

        assertThat(plan)
                .contains("livestream_metrics_y2026m11_pkey")
                .doesNotContain("y2026m12")
                .doesNotContain("Sort");
    }

    @Test
    void aTimelineComesFromTheKeyOfItsSums() {
        String plan = plan(
                TimelineQueries.BY_UNIT.get(TimelineQueries.Unit.HOUR),
                "gen_random_uuid(), now() - interval '90 days', now(), '{}'::timestamptz[]");

        assertThat(plan).contains("using metrics_hour_pk").doesNotContain("Seq Scan on metrics");
    }

    @Test
    void whatIsLiveComesFromTheIndexOfLiveStreams() {
        assertThat(plan(SummaryQueries.NOW, "300.0::float8, 10")).contains("using live_stream_live");
    }
}
