package dev.stagedoor.analytics.push;

import static dev.stagedoor.analytics.Samples.sample;
import static dev.stagedoor.analytics.Samples.store;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.stagedoor.support.Api;
import dev.stagedoor.support.Api.Person;
import dev.stagedoor.support.PusherSocket;
import dev.stagedoor.support.StagedoorTest;
import dev.stagedoor.support.Streams;
import io.restassured.RestAssured;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.junit.jupiter.api.Test;

@StagedoorTest
class SamplePushesTest {

    private static final int BATCHES = 40;

    private final Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);

    private static PusherSocket watching(String channel) {
        PusherSocket socket = PusherSocket.open("http://localhost:" + RestAssured.port);
        socket.subscribe(channel);
        return socket.awaitSubscribed(channel);
    }

    private static List<JsonObject> pushes(PusherSocket socket, String channel) {
        return socket.received("sample.stored", channel).stream()
                .map(event -> event.frame().getJsonObject("data"))
                .toList();
    }

    @Test
    void whoWatchesAStreamIsToldTheNewestSampleOfABatch() {
        Person owner = Api.signUp();
        String stream = Streams.create(owner);
        String channel = "stream-" + stream;
        try (PusherSocket socket = watching(channel)) {
            store(owner, List.of(sample(stream, now, 42, 7), sample(stream, now.minusSeconds(5), 40, 1)));

            await().until(() -> !pushes(socket, channel).isEmpty());
            assertThat(pushes(socket, channel).get(0))
                    .isEqualTo(new JsonObject()
                            .put("livestreamId", stream)
                            .put("timestamp", now.toString())
                            .put("viewerCount", 42)
                            .put("chatActivity", 7));
        }
    }

    @Test
    void whoWatchesIsToldOnceInASecondAtMostAndTheLastInTheEnd() {
        Person owner = Api.signUp();
        String stream = Streams.create(owner);
        String channel = "stream-" + stream;
        try (PusherSocket socket = watching(channel)) {
            Instant begin = Instant.now();
            for (int i = 0; i < BATCHES; i++) {
                store(owner, List.of(sample(stream, now.plusMillis(i), i, 0)));
            }

            await().until(() ->
                    pushes(socket, channel).stream().anyMatch(push -> push.getInteger("viewerCount") == BATCHES - 1));
            assertThat(pushes(socket, channel))
                    .hasSizeLessThanOrEqualTo(
                            2 + (int) Duration.between(begin, Instant.now()).toSeconds());
        }
    }

    @Test
    void whatComesLateIsNotTheNewest() {
        Person owner = Api.signUp();
        String stream = Streams.create(owner);
        String channel = "stream-" + stream;
        store(owner, List.of(sample(stream, now, 1, 0)));
        try (PusherSocket socket = watching(channel)) {
            store(owner, List.of(sample(stream, now.minusSeconds(60), 2, 0)));
            store(owner, List.of(sample(stream, now.plusSeconds(1), 3, 0)));

            await().until(() -> !pushes(socket, channel).isEmpty());
            assertThat(pushes(socket, channel)).hasSize(1);
            assertThat(pushes(socket, channel).get(0).getInteger("viewerCount")).isEqualTo(3);
        }
    }
}
