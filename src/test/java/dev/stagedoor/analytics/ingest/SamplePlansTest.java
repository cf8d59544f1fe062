package dev.stagedoor.analytics.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stagedoor.support.Database;
import dev.stagedoor.support.StagedoorTest;
import org.junit.jupiter.api.Test;

/** That each index serves what it is there for. */
@StagedoorTest
class SamplePlansTest {

    @Test
    void neighboursAreFoundByTheKeyOfTheirPartitionInBothDirections() {
        String plan = Database.plan(SampleStore.NEIGHBOURS, "ARRAY[gen_random_uuid()], ARRAY[now()], 300.0::float8");

        assertThat(plan).contains("Index Scan using livestream_metrics_y").contains("Index Scan Backward using");
        assertThat(plan).doesNotContain("Seq Scan on livestream_metrics");
    }

    @Test
    void whatIsOverIsSummedUpFromTheKeysOfItsParts() {
        String over = "ARRAY[gen_random_uuid()], ARRAY[now()], ARRAY[now()]";

        assertThat(Database.plan(SampleStore.SUM_UP_HOURS, over))
                .contains("using metrics_minute_pk")
                .doesNotContain("Seq Scan on metrics");
        assertThat(Database.plan(SampleStore.SUM_UP_DAYS, over))
                .contains("using metrics_hour_pk")
                .doesNotContain("Seq Scan on metrics");
    }
}
