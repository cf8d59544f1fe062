package dev.stagedoor.realtime.supabase;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stagedoor.support.Api;
import dev.stagedoor.support.Chat;
import dev.stagedoor.support.StagedoorTest;
import dev.stagedoor.support.Streams;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What clients of Supabase hear of changes that are made over the API. */
@StagedoorTest
class FeatureTablesTest {

    private final String topic = "realtime:" + Api.uniqueName();

    @Test
    void aStreamIsFollowedFromItsStartToItsEnd() {
        Api.Person ada = Api.signUp();
        String id = Streams.create(ada, Map.of("title", "Opening night", "category", "theatre"));
        try (PhoenixSocket socket = PhoenixSocket.open()) {
            socket.joined(topic, changes("livestreams", "id=eq." + id));
            assertThat(socket.next("system").getString("status")).isEqualTo("ok");

            Streams.start(ada, id);
            Streams.delete(ada, Streams.stream(id), "*").then().statusCode(204);

            JsonObject started = socket.next("postgres_changes").getJsonObject("data");
            assertThat(started.getString("type")).isEqualTo("UPDATE");
            JsonObject row = started.getJsonObject("record");
            assertThat(row.getMap())
                    .containsEntry("id", id)
                    .containsEntry("title", "Opening night")
                    .containsEntry("category", "theatre")
                    .containsEntry("language", null)
                    .containsEntry("is_active", true)
                    .containsEntry("ended_at", null)
                    .containsEntry("owner_id", ada.id())
                    .containsKey("started_at");
            JsonObject deleted = socket.next("postgres_changes").getJsonObject("data");
            assertThat(deleted.getString("type")).isEqualTo("DELETE");
            assertThat(deleted.getJsonObject("old_record").getMap()).isEqualTo(Map.of("id", id));
        }
    }

    @Test
    void everySampleIsHeardOfOnce() {
        Api.Person ada = Api.signUp();
        String id = Streams.create(ada, Map.of("title", "Opening night"));
        Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        List<Map<String, Object>> batch = IntStream.range(0, 120)
                .mapToObj(i -> Map.<String, Object>of(
                        "streamId",
                        id,
                        "timestamp",
                        now.minusSeconds(i).toString(),
                        "viewerCount",
                        i,
                        "chatActivity",
                        1))
                .toList();
        try (PhoenixSocket socket = PhoenixSocket.open()) {
            socket.joined(topic, changes("livestream_metrics", "livestream_id=eq." + id));
            assertThat(socket.next("system").getString("status")).isEqualTo("ok");

            for (int to : new int[] {70, 100, 120}) {
                ada.request()
                        .body(batch.subList(0, to))
                        .post("/api/v1/metrics/batch")
                        .then()
                        .statusCode(202);
            }

            Set<Integer> heard = new HashSet<>();
            for (int i = 0; i < batch.size(); i++) {
                JsonObject data = socket.next("postgres_changes").getJsonObject("data");
                assertThat(data.getString("type")).isEqualTo("INSERT");
                assertThat(data.getJsonObject("record").getString("livestream_id"))
                        .isEqualTo(id);
                assertThat(heard.add(data.getJsonObject("record").getInteger("viewer_count")))
                        .isTrue();
            }
            socket.assertSilent();
        }
    }

    @Test
    void newStreamsOfACategoryAreHeardOf() {
        Api.Person ada = Api.signUp();
        String category = Api.uniqueName();
        try (PhoenixSocket socket = PhoenixSocket.open()) {
            socket.joined(topic, changes("livestreams", "category=eq." + category));
            assertThat(socket.next("system").getString("status")).isEqualTo("ok");

            String other = Streams.create(ada, Map.of("title", "Other", "category", "c" + category));
            String wanted = Streams.create(ada, Map.of("title", "Wanted", "category", category));

            JsonObject data = socket.next("postgres_changes").getJsonObject("data");
            assertThat(data.getString("type")).isEqualTo("INSERT");
            assertThat(data.getJsonObject("record").getString("id"))
                    .isEqualTo(wanted)
                    .isNotEqualTo(other);
        }
    }

    @Test
    void messagesAreForMembersOfTheirChannel() {
        Api.Person ada = Api.signUp();
        Api.Person stranger = Api.signUp();
        String channel = Chat.create(ada, "private");
        JsonObject config = changes("messages", "channel_id=eq." + channel);
        try (PhoenixSocket member = PhoenixSocket.open();
                PhoenixSocket other = PhoenixSocket.open()) {
            other.push("1", "1", topic, "phx_join", withToken(config, stranger));
            assertThat(other.refusal()).contains("may not");
            other.join(topic, config);
            assertThat(other.refusal()).contains("may not");
            other.push("1", "1", topic, "phx_join", withToken(changes("messages", "seq=gt.0"), stranger));
            assertThat(other.refusal()).contains("filter");
            member.push("1", "1", topic, "phx_join", withToken(config, ada));
            member.assertOk();
            assertThat(member.next("system").getString("status")).isEqualTo("ok");

            Chat.say(ada, channel, "Five minutes to places!");

            JsonObject row =
                    member.next("postgres_changes").getJsonObject("data").getJsonObject("record");
            assertThat(row.getMap())
                    .containsEntry("channel_id", channel)
                    .containsEntry("seq", 1)
                    .containsEntry("text", "Five minutes to places!")
                    .containsEntry("author_id", ada.id())
                    .containsKeys("id", "sent_at");
            other.assertSilent();
        }
    }

    private static JsonObject withToken(JsonObject config, Api.Person person) {
        return new JsonObject().put("config", config).put("access_token", person.accessToken());
    }

    private static JsonObject changes(String table, String filter) {
        JsonObject binding = new JsonObject()
                .put("event", "*")
                .put("schema", "public")
                .put("table", table)
                .put("filter", filter);
        return new JsonObject().put("postgres_changes", new JsonArray().add(binding));
    }
}
