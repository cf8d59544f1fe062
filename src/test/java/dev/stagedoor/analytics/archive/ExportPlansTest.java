package dev.stagedoor.analytics.archive;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stagedoor.support.Plans;
import dev.stagedoor.support.StagedoorTest;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import org.junit.jupiter.api.Test;

/** That the index of samples serves their export. */
@StagedoorTest
class ExportPlansTest {

    @Test
    void aPageOfSamplesComesFromTheKeyOfItsMonthsAlone() {
        YearMonth month = YearMonth.now(ZoneOffset.UTC);
        String plan = Plans.of(
                ExportQueries.PAGE,
                "gen_random_uuid(), '%1$s-02T00:00:00Z'::timestamptz, '%1$s-03T00:00:00Z'::timestamptz, 10"
                        .formatted(month));

        assertThat(plan)
                .contains(partition(month) + "_pkey")
                .doesNotContain(partition(month.plusMonths(1)))
                .doesNotContain("Sort");
    }

    private static String partition(YearMonth month) {
        return "livestream_metrics_" + month.format(DateTimeFormatter.ofPattern("'y'yyyy'm'MM"));
    }
}
