package dev.stagedoor.realtime.supabase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.stagedoor.account.signin.Forger;
import dev.stagedoor.realtime.Publisher;
import dev.stagedoor.realtime.Revocation;
import dev.stagedoor.realtime.TestTopics;
import dev.stagedoor.support.Api;
import dev.stagedoor.support.Metrics;
import dev.stagedoor.support.StagedoorTest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@StagedoorTest
class PublishedTablesTest {

    private static final JsonObject NOTHING = new JsonObject();

    @Inject
    Publisher publisher;

    private final String name = Api.uniqueName();
    private final String topic = "realtime:" + name;

    @AfterEach
    void everyConnectionEnds() {
        await().until(() -> Metrics.sum("websocket_connections_active") == 0);
    }

    @Test
    void changesComeToTheBindingsThatTheyPass() {
        String room = TestTopics.newPublic();
        JsonObject config = changes(
                binding("*", "room=eq." + room),
                binding("INSERT", "room=eq." + room),
                binding("DELETE", "room=eq." + room));
        try (PhoenixSocket socket = PhoenixSocket.open()) {
            socket.join(topic, config);
            JsonArray bindings = socket.response().getJsonArray("postgres_changes");
            assertThat(bindings.getJsonObject(1).encode())
                    .isEqualTo(
                            "{\"id\":2,\"event\":\"INSERT\",\"schema\":\"public\",\"table\":\"lamps\",\"filter\":\"room=eq."
                                    + room + "\"}");
            assertThat(socket.next("system").getString("status")).isEqualTo("ok");

            JsonObject lamp = new JsonObject().put("id", 7).put("room", room).put("is_lit", false);
            publisher.publish(room, "lamp.hung", lamp.encode());
            publisher.publish(room, "lamp.changed", lamp.put("is_lit", true).encode());
            publisher.publish(room, "lamp.painted", lamp.encode());
            publisher.publish(room, "lamp.hung", "no JSON");
            publisher.publish(room, "lamp.removed", "{\"id\":7}");

            JsonObject hung = socket.next("postgres_changes");
            assertThat(hung.getJsonArray("ids")).containsExactly(1, 2);
            JsonObject data = hung.getJsonObject("data");
            assertThat(data.getString("commit_timestamp")).startsWith("20").endsWith("Z");
            assertThat(data.getJsonArray("columns"))
                    .hasSize(3)
                    .contains(new JsonObject("{\"name\":\"id\",\"type\":\"int8\"}"));
            assertThat(data.getJsonObject("record").encode())
                    .isEqualTo("{\"id\":7,\"room\":\"" + room + "\",\"is_lit\":false}");
            JsonObject changed = socket.next("postgres_changes");
            assertThat(changed.getJsonArray("ids")).containsExactly(1);
            assertThat(changed.getJsonObject("data").getString("type")).isEqualTo("UPDATE");
            JsonObject removed = socket.next("postgres_changes");
            assertThat(removed.getJsonArray("ids")).containsExactly(1, 3);
            assertThat(removed.getJsonObject("data").getJsonObject("old_record").encode())
                    .isEqualTo("{\"id\":7}");
            socket.assertSilent();
        }
    }

    @Test
    void tablesAreForWhoMayListenToTheirTopics() {
        Api.Person ada = Api.signUp();
        String hidden = TestTopics.newPrivate();
        JsonObject config = changes(binding("*", "room=eq." + hidden));
        try (PhoenixSocket socket = PhoenixSocket.open()) {
            socket.join(topic, config);
            assertThat(socket.refusal()).contains("may not");

            socket.push("1", "1", topic, "phx_join", withToken(config, ada.accessToken()));
            socket.assertOk();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "7",
                "{\"event\":\"INSERT\",\"schema\":\"public\"}",
                "{\"event\":\"INSERT\",\"schema\":\"*\",\"table\":\"lamps\"}",
                "{\"event\":\"INSERT\",\"schema\":\"public\",\"table\":\"pg_class\"}",
                "{\"event\":\"INSERT\",\"schema\":\"public\",\"table\":\"lamps\"}",
                "{\"event\":\"INSERT\",\"schema\":\"public\",\"table\":\"lamps\",\"filter\":\"id=eq.7\"}",
                "{\"event\":\"INSERT\",\"schema\":\"public\",\"table\":\"lamps\",\"filter\":\"room=like.a\"}",
                "{\"event\":\"INSERT\",\"schema\":\"public\",\"table\":\"lamps\",\"filter\":{\"a\":1}}",
                "{\"event\":\"TRUNCATE\",\"schema\":\"public\",\"table\":\"lamps\",\"filter\":\"room=eq.a\"}",
                "{\"event\":[],\"schema\":7,\"table\":null}"
            })
    void changesThatAreNotToBeHadAreRefused(String binding) {
        try (PhoenixSocket socket = PhoenixSocket.open()) {
            socket.send("[\"1\",\"1\",\"" + topic + "\",\"phx_join\",{\"config\":{\"postgres_changes\":[" + binding
                    + "]}}]");
            assertThat(socket.refusal()).isNotBlank();
            socket.joined(topic, NOTHING);
        }
    }

    @Test
    void whoMayNotListenAnyMoreIsTold() {
        Api.Person ada = Api.signUp();
        Api.Person ben = Api.signUp();
        String hidden = TestTopics.newPrivate();
        JsonObject config = changes(binding("*", "room=eq." + hidden));
        try (PhoenixSocket first = PhoenixSocket.open();
                PhoenixSocket second = PhoenixSocket.open()) {
            first.push("1", "1", topic, "phx_join", withToken(config, ada.accessToken()));
            second.push("1", "1", topic, "phx_join", withToken(config, ben.accessToken()));
            for (PhoenixSocket socket : List.of(first, second)) {
                socket.assertOk();
                assertThat(socket.next("system").getString("status")).isEqualTo("ok");
            }

            publisher.publish(Revocation.of(hidden, UUID.fromString(ben.id())));
            second.assertSilent();
            TestTopics.shut(hidden, ada.id());
            publisher.publish(Revocation.of(hidden, UUID.fromString(ada.id())));

            assertThat(first.next("system").getString("status")).isEqualTo("error");
            assertThat(first.next("phx_close")).isEmpty();
            first.assertSilent();
            second.assertSilent();
        }
    }

    @Test
    void aChannelEndsWithTheTokenUnlessThereIsAFreshOne() {
        String genuine = Api.signUp().accessToken();
        String token = Forger.expiringAt(genuine, Instant.now().plusSeconds(2));
        JsonObject config = changes(binding("*", "room=eq." + TestTopics.newPrivate()));
        try (PhoenixSocket lasting = PhoenixSocket.open();
                PhoenixSocket ending = PhoenixSocket.open()) {
            for (PhoenixSocket socket : List.of(lasting, ending)) {
                socket.push("1", "1", topic, "phx_join", withToken(config, token));
                socket.assertOk();
                assertThat(socket.next("system").getString("status")).isEqualTo("ok");
            }
            lasting.push("1", "2", topic, "access_token", new JsonObject().put("access_token", genuine));
            lasting.assertOk();

            assertThat(ending.next("system").getString("message")).contains("expired");
            assertThat(ending.next("phx_close")).isEmpty();
            lasting.assertSilent();
        }
    }

    private static JsonObject withToken(JsonObject config, String token) {
        return new JsonObject().put("config", config).put("access_token", token);
    }

    private static JsonObject binding(String event, String filter) {
        return new JsonObject()
                .put("event", event)
                .put("schema", "public")
                .put("table", "lamps")
                .put("filter", filter);
    }

    private static JsonObject changes(JsonObject... bindings) {
        return new JsonObject().put("postgres_changes", new JsonArray(List.of(bindings)));
    }
}
