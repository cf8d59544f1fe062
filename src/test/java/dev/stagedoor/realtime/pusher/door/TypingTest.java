package dev.stagedoor.realtime.pusher.door;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.stagedoor.support.Api;
import dev.stagedoor.support.PusherSocket;
import dev.stagedoor.support.PusherSocket.Event;
import dev.stagedoor.support.StagedoorTest;
import io.restassured.RestAssured;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

@StagedoorTest
class TypingTest {

    private static final String TYPING = "client-typing";
    private static final String EXPIRED = "client-typing-expired";

    private final String channel = "presence-" + Api.uniqueName();

    private PusherSocket present(String userId) {
        PusherSocket socket = PusherSocket.open("http://localhost:" + RestAssured.port);
        socket.join(channel, userId);
        return socket.awaitSubscribed(channel);
    }

    private void type(PusherSocket socket) {
        socket.send(new JsonObject()
                .put("event", TYPING)
                .put("channel", channel)
                .put("data", new JsonObject())
                .encode());
    }

    @Test
    void typingIsToldTheOthersAndItsEndToo() {
        try (PusherSocket ada = present("ada");
                PusherSocket bob = present("bob");
                PusherSocket eve = present("eve")) {
            type(ada);
            type(bob);

            await().until(() -> eve.received(TYPING, channel).size() == 2);
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> eve.received(EXPIRED, channel).size() == 2);

            assertThat(userIds(eve.received(TYPING, channel))).containsExactlyInAnyOrder("ada", "bob");
            assertThat(eve.received(EXPIRED, channel).stream()
                            .map(event -> event.frame().getJsonObject("data").getString("user_id")))
                    .containsExactlyInAnyOrder("ada", "bob");
            assertThat(bob.received(TYPING, channel)).hasSize(1);
        }
    }

    private static List<String> userIds(List<Event> events) {
        return events.stream().map(event -> event.frame().getString("user_id")).toList();
    }
}
