package dev.stagedoor.analytics.summary;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stagedoor.support.Plans;
import dev.stagedoor.support.StagedoorTest;
import org.junit.jupiter.api.Test;

/** That indexes serve what is added up. */
@StagedoorTest
class SummaryPlansTest {

    @Test
    void whatIsLiveComesFromTheIndexOfLiveStreams() {
        assertThat(Plans.of(SummaryQueries.NOW, "300.0::float8, 10, 60.0::float8"))
                .contains("using live_stream_live");
    }

    @Test
    void theSumsOfAStreamComeFromTheirKeys() {
        assertThat(Plans.of(SummaryQueries.OF_STREAM, "gen_random_uuid()"))
                .contains("using metrics_day_pk")
                .contains("using metrics_hour_pk")
                .contains("using chat_hour_pk")
                .doesNotContain("Seq Scan on metrics", "Seq Scan on chat");
    }

    @Test
    void theSumsOfEachStreamOfACreatorComeFromTheirKeys() {
        assertThat(Plans.of(SummaryQueries.OF_OWNER, "gen_random_uuid(), now() - interval '30 days', now(), 10"))
                .contains("using metrics_hour_pk")
                .contains("using metrics_minute_pk")
                .contains("using chat_hour_pk")
                .doesNotContain("Seq Scan on metrics", "Seq Scan on chat");
    }
}
