package dev.stagedoor.chat.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import dev.stagedoor.analytics.Samples;
import dev.stagedoor.support.Api;
import dev.stagedoor.support.Api.Person;
import dev.stagedoor.support.Chat;
import dev.stagedoor.support.StagedoorTest;
import dev.stagedoor.support.Streams;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is said beside a stream, in its analytics. */
@StagedoorTest
class ChatActivityTest {

    private Person owner;
    private Person viewer;

    @BeforeEach
    void someoneWatches() {
        owner = Api.signUp();
        viewer = Api.signUp();
    }

    private static Response say(Person author, String channel, String text) {
        return Chat.post(author, channel, Map.of("text", text));
    }

    @Test
    void whatIsSaidWhileTheStreamIsLiveIsPartOfItsAnalytics() {
        String scheduled = Streams.create(owner);
        String channel = viewer.request()
                .put(Streams.stream(scheduled) + "/chat")
                .then()
                .statusCode(200)
                .extract()
                .path("id");
        Instant before = Instant.now();
        say(viewer, channel, "Too early").then().statusCode(201);
        Streams.start(owner, scheduled);
        for (int i = 0; i < 3; i++) {
            say(viewer, channel, "Hurray " + i).then().statusCode(201);
        }
        viewer.request().delete(Chat.messages(channel) + "/2").then().statusCode(204);
        Chat.post(viewer, channel, Map.of("text", "Twice", "clientId", "once"))
                .then()
                .statusCode(201);
        Chat.post(viewer, channel, Map.of("text", "Twice", "clientId", "once"))
                .then()
                .statusCode(200);
        summary(scheduled).then().body("chatMessages", equalTo(4)).body("avgViewers", nullValue());

        Samples.store(owner, List.of(Samples.sample(scheduled, Instant.now().truncatedTo(ChronoUnit.MILLIS), 7, 10)));
        Streams.end(owner, scheduled);
        say(viewer, channel, "Too late").then().statusCode(201);

        summary(scheduled).then().body("chatMessages", equalTo(14));
        for (String bucket : List.of("minute", "hour", "day")) {
            assertThat(chatIn(bucket, scheduled, before)).as(bucket).isEqualTo(14);
        }
        assertThat(ofCreator().getLong("streams.find { it.streamId == '" + scheduled + "' }.chatMessages"))
                .isEqualTo(14);
    }

    private Response summary(String streamId) {
        return owner.request().get(Streams.stream(streamId) + "/summary");
    }

    private JsonPath ofCreator() {
        return owner.request()
                .get("/api/v1/creators/" + owner.id() + "/analytics")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
    }

    private long chatIn(String bucket, String streamId, Instant since) {
        List<Number> messages = owner.request()
                .queryParam("bucket", bucket)
                .queryParam("tz", "Asia/Kathmandu")
                .queryParam("from", since.minusSeconds(60).toString())
                .queryParam("to", since.plusSeconds(120).toString())
                .get(Streams.stream(streamId) + "/analytics")
                .then()
                .statusCode(200)
                .extract()
                .path("points.chatMessages");
        return messages.stream()
                .filter(Objects::nonNull)
                .mapToLong(Number::longValue)
                .sum();
    }
}
