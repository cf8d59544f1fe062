package dev.stagedoor.analytics.timeline;

import static dev.stagedoor.analytics.Samples.sample;
import static dev.stagedoor.analytics.Samples.startedAt;
import static dev.stagedoor.analytics.Samples.store;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stagedoor.support.Api;
import dev.stagedoor.support.Api.Person;
import dev.stagedoor.support.Database;
import dev.stagedoor.support.StagedoorTest;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What those find who read the database: {@code stream_analytics_hourly}. */
@StagedoorTest
class HourlyViewTest {

    @Test
    void itHasEachHourWithASampleAlsoTheOpenOne() {
        Person owner = Api.signUp();
        Instant open = Instant.now().truncatedTo(ChronoUnit.HOURS);
        String stream = startedAt(owner, open.minus(4, ChronoUnit.HOURS));
        store(
                owner,
                List.of(
                        sample(stream, open.minus(3, ChronoUnit.HOURS), 10, 0),
                        sample(stream, open.minus(3, ChronoUnit.HOURS).plusSeconds(60), 25, 0),
                        sample(stream, open, 7, 0)));

        assertThat(Database.query("""
                SELECT concat_ws(' ', round(date_part('epoch', hour)), round(avg_viewers, 1), peak_viewers, data_points)
                FROM stream_analytics_hourly WHERE livestream_id = '%s' ORDER BY hour""".formatted(stream)))
                .containsExactly(
                        open.minus(3, ChronoUnit.HOURS).getEpochSecond() + " 17.5 25 2",
                        open.getEpochSecond() + " 7.0 7 1");
    }
}
