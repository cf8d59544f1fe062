package dev.stagedoor.analytics.timeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stagedoor.support.Plans;
import dev.stagedoor.support.StagedoorTest;
import org.junit.jupiter.api.Test;

/** That the indexes of sums serve timelines. */
@StagedoorTest
class TimelinePlansTest {

    private static final String NINETY_DAYS =
            "gen_random_uuid(), now() - interval '90 days', now(), '{}'::timestamptz[]";

    @Test
    void hoursComeFromTheirKeyAndTheOpenOneFromThatOfMinutes() {
        assertThat(Plans.of(TimelineQueries.BY_UNIT.get(TimelineQueries.Unit.HOUR), NINETY_DAYS))
                .contains("using metrics_hour_pk")
                .contains("using metrics_minute_pk")
                .contains("using chat_hour_pk")
                .doesNotContain("Seq Scan on metrics", "Seq Scan on chat")
                .doesNotContain("Function Scan on hours_of_minutes")
                .doesNotContain("Function Scan on days_of_hours");
    }

    @Test
    void daysComeFromTheirKeyAndTheOpenOneFromThoseOfItsParts() {
        assertThat(Plans.of(TimelineQueries.BY_UNIT.get(TimelineQueries.Unit.DAY), NINETY_DAYS))
                .contains("using metrics_day_pk")
                .contains("using metrics_hour_pk")
                .contains("using metrics_minute_pk")
                .contains("using chat_hour_pk")
                .doesNotContain("Seq Scan on metrics", "Seq Scan on chat")
                .doesNotContain("Function Scan on hours_of_minutes")
                .doesNotContain("Function Scan on days_of_hours");
    }
}
