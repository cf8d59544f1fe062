package dev.stagedoor.availability;

import static dev.stagedoor.availability.GroupEvents.ask;
import static dev.stagedoor.availability.GroupEvents.createdToken;
import static dev.stagedoor.availability.GroupEvents.event;
import static dev.stagedoor.availability.GroupEvents.path;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stagedoor.support.Api;
import dev.stagedoor.support.Database;
import dev.stagedoor.support.StagedoorTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@StagedoorTest
class EventPurgeTest {

    @Inject
    EventPurge purge;

    private void purge() {
        purge.purge().await().atMost(Duration.ofSeconds(20));
    }

    private static int count(String condition) {
        return Database.query("SELECT id FROM group_event WHERE " + condition).size();
    }

    @Test
    void whatHasExpiredIsAsIfItHadNeverBeen() {
        String token = createdToken(event());
        ask(token, "Ada").then().statusCode(201);
        Api.request().get(path(token)).then().statusCode(200);
        Database.change("UPDATE group_event SET expires_at = now() WHERE token = '" + token + "'");

        Api.request().get(path(token) + "/settings").then().statusCode(404);
        ask(token, "Ben").then().statusCode(404);
        purge();

        assertThat(count("token = '" + token + "'")).isZero();
        String unknown = Api.request()
                .get(path("AAAAAAAAAAAAAAAAAAAAAA"))
                .then()
                .statusCode(404)
                .extract()
                .path("detail");
        assertThat(Api.request()
                        .get(path(token))
                        .then()
                        .statusCode(404)
                        .extract()
                        .<String>path("detail"))
                .isEqualTo(unknown);
    }

    @Test
    void anyNumberOfThemIsDeletedAndNothingElse() {
        String kept = createdToken(event());
        String title = "Expired " + UUID.randomUUID();
        Database.change("""
                INSERT INTO group_event (id, token, token_hash, organizer_key_hash, title, time_zone, dates, from_minute, to_minute,
                                         slot_minutes, max_participants, created_at, changed_at, expires_at)
                SELECT id, CAST(id AS text), sha256(convert_to(CAST(id AS text), 'UTF8')), '', '%s', 'UTC', '{2020-01-01}', 0, 60, 60, 1, now(), now(),
                       now() - n * interval '1 minute'
                FROM (SELECT gen_random_uuid() AS id, n FROM generate_series(1, 250) AS n) AS events
                """.formatted(title));

        purge();

        assertThat(count("title = '" + title + "'")).isZero();
        assertThat(count("token = '" + kept + "'")).isEqualTo(1);
    }

    @Test
    void anEventIsKeptLongerThanItsLastSlotAndThanItsLastChange() {
        String token = createdToken(event());
        String past = createdToken(event("dates", List.of("2024-01-05")));

        assertThat(count("expires_at = '2026-12-07T11:00:00Z'::timestamptz + interval '90 days' AND token = '" + token
                        + "'"))
                .isEqualTo(1);
        assertThat(count("expires_at = changed_at + interval '90 days' AND token = '" + past + "'"))
                .isEqualTo(1);
    }
}
