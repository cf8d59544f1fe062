package dev.stagedoor.analytics.timeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import dev.stagedoor.support.Api;
import dev.stagedoor.support.Api.Person;
import dev.stagedoor.support.Chat;
import dev.stagedoor.support.Database;
import dev.stagedoor.support.Plans;
import dev.stagedoor.support.StagedoorTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@StagedoorTest
class EngagementResourceTest {

    private Person ada;
    private Person ben;
    private String channel;

    @BeforeEach
    void someHaveTalked() {
        ada = Api.signUp();
        ben = Api.signUp();
        channel = Chat.create(ada, "private", ben);
        for (int i = 0; i < 3; i++) {
            Chat.say(ada, channel, "a" + i);
        }
        Chat.say(ben, channel, "b");
        Chat.say(ada, channel, "later");
        Database.change(
                "UPDATE message SET sent_at = timestamptz '2026-10-25 00:30Z' + (seq - 1) * interval '10 minutes'"
                        + " WHERE channel_id = '" + channel + "'");
    }

    private Response analytics(Person person, String query) {
        return person.request().get(Chat.channel(channel) + "/analytics?" + query);
    }

    @Test
    void messagesAndThoseWhoWroteThemAreCounted() {
        JsonPath found = analytics(ben, "bucket=hour&from=2026-10-25T00:00:00Z&to=2026-10-25T03:00:00Z")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();

        assertThat(found.getList("points.messages")).isEqualTo(List.of(3, 2, 0));
        assertThat(found.getList("points.activeChatters")).isEqualTo(List.of(1, 2, 0));
        assertThat(found.getDouble("points[0].messagesPerMinute")).isEqualTo(0.05);
    }

    @Test
    void daysAreThoseOfTheZone() {
        JsonPath found = analytics(
                        ada, "bucket=day&tz=America/New_York&from=2026-10-24T04:00:00Z&to=2026-10-26T04:00:00Z")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();

        assertThat(found.getList("points.start")).isEqualTo(List.of("2026-10-24T04:00:00Z", "2026-10-25T04:00:00Z"));
        assertThat(found.getList("points.messages")).isEqualTo(List.of(5, 0));
    }

    @Test
    void onlyMembersSeeIt() {
        Person stranger = Api.signUp();
        analytics(stranger, "tz=UTC").then().statusCode(404);
        String open = Chat.create(ada, "public");
        stranger.request().get(Chat.channel(open) + "/analytics").then().statusCode(403);
        ada.request().get(Chat.channel(Chat.UNKNOWN_ID) + "/analytics").then().statusCode(404);
        analytics(ada, "bucket=year").then().statusCode(400).body("errors[0].field", equalTo("bucket"));
        analytics(ada, "tz=x").then().statusCode(400).body("errors[0].field", equalTo("tz"));
    }

    @Test
    void theCountNeedsNothingButTheIndex() {
        String plan =
                Plans.of(EngagementQueries.COUNTS, "gen_random_uuid(), gen_random_uuid(), ARRAY[now()], now(), now()");

        assertThat(plan).contains("using message_sent_idx on message");
    }
}
