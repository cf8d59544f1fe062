package dev.stagedoor.analytics.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stagedoor.support.Plans;
import dev.stagedoor.support.StagedoorTest;
import org.junit.jupiter.api.Test;

/** That each index serves what it is there for. */
@StagedoorTest
class SamplePlansTest {

    @Test
    void neighboursAreFoundByTheKeyOfTheirPartitionInBothDirections() {
        String plan = Plans.of(SampleStore.NEIGHBOURS, "ARRAY[gen_random_uuid()], ARRAY[now()], 300.0::float8");

        assertThat(plan).contains("Index Scan using livestream_metrics_y").contains("Index Scan Backward using");
        assertThat(plan).doesNotContain("Seq Scan on livestream_metrics");
    }

    @Test
    void hoursAreSummedUpByTheKeyOfTheirMinutes() {
        assertThat(Plans.of(
                        "SELECT * FROM hours_of_minutes($1, $2, $3)",
                        "gen_random_uuid(), now() - interval '1 hour', now()"))
                .contains("using metrics_minute_pk")
                .doesNotContain("Seq Scan on metrics");
    }

    @Test
    void daysAreSummedUpByTheKeysOfTheirHoursAndOfTheMinutesOfTheOpenOne() {
        assertThat(Plans.of(
                        "SELECT * FROM days_of_hours($1, $2, $3)",
                        "gen_random_uuid(), now() - interval '1 day', now()"))
                .contains("using metrics_hour_pk")
                .contains("using metrics_minute_pk")
                .doesNotContain("Seq Scan on metrics");
    }

    @Test
    void whatIsCutAtTheEndOfAStreamIsFoundByTheKeysOfItsSamplesAndMinutes() {
        String cut = SumStore.CUT.replace('?', '$');

        assertThat(Plans.of(cut, "gen_random_uuid(), 1795000000000, 300000"))
                .contains("livestream_metrics_default_pkey")
                .contains("using metrics_minute_pk")
                .doesNotContain("Seq Scan on livestream_metrics")
                .doesNotContain("Seq Scan on metrics");
    }
}
