package dev.stagedoor.analytics.archive;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stagedoor.support.Database;
import dev.stagedoor.support.StagedoorTest;
import org.junit.jupiter.api.Test;

/** That the index of samples serves their export. */
@StagedoorTest
class ExportPlansTest {

    @Test
    void aPageOfSamplesComesFromTheKeyOfItsMonthsAlone() {
        String plan = Database.plan(
                ExportQueries.PAGE,
                "gen_random_uuid(), '2026-11-02T00:00:00Z'::timestamptz, '2026-11-03T00:00:00Z'::timestamptz, 10");

        assertThat(plan)
                .contains("livestream_metrics_y2026m11_pkey")
                .doesNotContain("y2026m12")
                .doesNotContain("Sort");
    }
}
