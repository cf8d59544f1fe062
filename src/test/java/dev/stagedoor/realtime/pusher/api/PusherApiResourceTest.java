package dev.stagedoor.realtime.pusher.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stagedoor.realtime.pusher.PusherServer;
import dev.stagedoor.support.Api;
import dev.stagedoor.support.Database;
import dev.stagedoor.support.RawHttp;
import dev.stagedoor.support.StagedoorTest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@StagedoorTest
class PusherApiResourceTest {

    private static final PusherServer SERVER = PusherServer.FIRST;

    private static JsonObject event(String channel) {
        return new JsonObject()
                .put("name", "greeted")
                .put("data", "{\"to\":\"all\"}")
                .put("channel", channel);
    }

    private static List<String> published(String topic) {
        return Database.query(
                "SELECT name || '|' || data || '|' || coalesce(except_socket, '') FROM outbox WHERE topic = '" + topic
                        + "' ORDER BY topic_offset");
    }

    private static void assertAnswer(RawHttp.Answer answer, String json) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(new JsonObject(answer.body())).isEqualTo(new JsonObject(json));
    }

    private static void assertProblem(RawHttp.Answer answer, int status) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(status);
        assertThat(answer.header("Content-Type")).startsWith("application/problem+json");
    }

    /** Has this many connections listen on another node. */
    private static void occupy(String topic, int subscribers) {
        Database.change("INSERT INTO node (id, seen_at) VALUES ('00000000-0000-7000-8000-000000000001', 'infinity')"
                + " ON CONFLICT DO NOTHING");
        Database.change("INSERT INTO occupancy (topic, node_id, subscribers) VALUES ('" + topic
                + "', '00000000-0000-7000-8000-000000000001', " + subscribers + ")");
    }

    private static void join(String topic, String... users) {
        Database.change("INSERT INTO node (id, seen_at) VALUES ('00000000-0000-7000-8000-000000000001', 'infinity')"
                + " ON CONFLICT DO NOTHING");
        Database.change("INSERT INTO topic (name, members) VALUES ('" + topic + "', " + users.length + ")");
        for (String user : users) {
            Database.change("INSERT INTO presence (topic, user_id, node_id) VALUES ('" + topic + "', '" + user
                    + "', '00000000-0000-7000-8000-000000000001')");
        }
    }

    @Test
    void anEventIsToldToItsChannelAsItIs() {
        String channel = Api.uniqueName();

        assertAnswer(
                SERVER.post("/events", event(channel).put("socket_id", "12.34").encode()), "{}");

        assertThat(published(channel)).containsExactly("greeted|{\"to\":\"all\"}|12.34");
    }

    @Test
    void anEventIsToldToSeveralChannelsOnceEach() {
        String one = Api.uniqueName();
        String other = "private-encrypted-" + Api.uniqueName();
        JsonObject event = event(null).put("channels", JsonArray.of(one, other, one));

        assertAnswer(SERVER.post("/events", event.encode()), "{}");

        assertThat(published(one)).hasSize(1);
        assertThat(published(other)).hasSize(1);
    }

    @Test
    void theChannelsOfAnotherAppAreOthers() {
        String channel = Api.uniqueName();

        assertAnswer(PusherServer.OTHER.post("/events", event(channel).encode()), "{}");

        assertThat(published(channel)).isEmpty();
        assertThat(published("other:" + channel)).hasSize(1);
    }

    @Test
    void aUserIsToldDirectly() {
        String channel = "#server-to-user-" + Api.uniqueName();

        assertAnswer(SERVER.post("/events", event(channel).encode()), "{}");

        assertThat(published(channel)).hasSize(1);
    }

    @Test
    void parametersMayComeInTheQuery() {
        String channel = Api.uniqueName();

        assertAnswer(
                SERVER.send(
                        "POST",
                        "/events",
                        Map.of("name", "greeted", "data", "a+b c&d=é%", "channels[]", channel, "socket_id", "1.2"),
                        ""),
                "{}");

        assertThat(published(channel)).containsExactly("greeted|a+b c&d=é%|1.2");
    }

    @Test
    void theAnswerTellsWhatIsAskedFor() {
        String open = Api.uniqueName();
        String present = "presence-" + Api.uniqueName();
        occupy(open, 13);
        occupy(present, 51);
        join(present, "ada", "bob");
        JsonObject event = event(null)
                .put("channels", JsonArray.of(present, open))
                .put("info", "user_count,subscription_count,unknown");

        assertAnswer(
                SERVER.post("/events", event.encode()),
                new JsonObject()
                        .put(
                                "channels",
                                new JsonObject()
                                        .put(open, new JsonObject().put("subscription_count", 13))
                                        .put(
                                                present,
                                                new JsonObject()
                                                        .put("user_count", 2)
                                                        .put("subscription_count", 51)))
                        .encode());
    }

    @Test
    void aBatchIsToldInOrder() {
        String channel = Api.uniqueName();
        JsonArray batch = new JsonArray();
        IntStream.range(0, 10).forEach(i -> batch.add(event(channel).put("data", "number " + i)));

        assertAnswer(
                SERVER.post(
                        "/batch_events", new JsonObject().put("batch", batch).encode()),
                "{}");

        assertThat(published(channel))
                .containsExactlyElementsOf(IntStream.range(0, 10)
                        .mapToObj(i -> "greeted|number " + i + "|")
                        .toList());
    }

    @Test
    void aBatchIsAnsweredByPosition() {
        String present = "presence-" + Api.uniqueName();
        occupy(present, 3);
        JsonArray batch =
                JsonArray.of(event(Api.uniqueName()), event(present).put("info", "subscription_count,user_count"));

        assertAnswer(
                SERVER.post(
                        "/batch_events", new JsonObject().put("batch", batch).encode()),
                "{\"batch\":[{},{\"user_count\":0,\"subscription_count\":3}]}");
    }

    @Test
    void aBatchWithABadEventIsRefusedAsAWhole() {
        String channel = Api.uniqueName();
        for (Object bad : List.of(
                event("a b"),
                event(null),
                event(null).put("channels", JsonArray.of(channel)),
                "text",
                new JsonArray())) {
            JsonArray batch = JsonArray.of(event(channel), bad);

            assertProblem(
                    SERVER.post(
                            "/batch_events",
                            new JsonObject().put("batch", batch).encode()),
                    400);
        }
        JsonArray tooMany = new JsonArray();
        IntStream.range(0, 11).forEach(i -> tooMany.add(event(channel)));
        for (Object bad : List.of(tooMany, new JsonArray(), "text", 1)) {
            assertProblem(
                    SERVER.post(
                            "/batch_events", new JsonObject().put("batch", bad).encode()),
                    400);
        }
        assertThat(published(channel)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{",
                "[]",
                "null",
                "\"text\"",
                "{}",
                "{\"name\":\"n\",\"data\":\"d\"}",
                "{\"name\":\"n\",\"channel\":\"c\"}",
                "{\"data\":\"d\",\"channel\":\"c\"}",
                "{\"name\":\"\",\"data\":\"d\",\"channel\":\"c\"}",
                "{\"name\":\"n\",\"data\":{\"an\":\"object\"},\"channel\":\"c\"}",
                "{\"name\":\"n\",\"data\":1,\"channel\":\"c\"}",
                "{\"name\":[],\"data\":\"d\",\"channel\":\"c\"}",
                "{\"name\":\"pusher:ping\",\"data\":\"d\",\"channel\":\"c\"}",
                "{\"name\":\"pusher_internal:member_added\",\"data\":\"d\",\"channel\":\"c\"}",
                "{\"name\":\"n\\u0000\",\"data\":\"d\",\"channel\":\"c\"}",
                "{\"name\":\"n\",\"data\":\"\\u0000\",\"channel\":\"c\"}",
                "{\"name\":\"n\",\"data\":\"\\ud800\",\"channel\":\"c\"}",
                "{\"name\":\"n\",\"data\":\"d\",\"channel\":\"c\\u0000\"}",
                "{\"name\":\"n\",\"data\":\"d\",\"channel\":\"#server-to-user-\\u0000\"}",
                "{\"name\":\"n\",\"data\":\"d\",\"channel\":\"other:c\"}",
                "{\"name\":\"n\",\"data\":\"d\",\"channel\":\"a b\"}",
                "{\"name\":\"n\",\"data\":\"d\",\"channel\":\"\"}",
                "{\"name\":\"n\",\"data\":\"d\",\"channel\":1}",
                "{\"name\":\"n\",\"data\":\"d\",\"channels\":[]}",
                "{\"name\":\"n\",\"data\":\"d\",\"channels\":[null]}",
                "{\"name\":\"n\",\"data\":\"d\",\"channels\":[\"c\",1]}",
                "{\"name\":\"n\",\"data\":\"d\",\"channels\":{\"0\":\"c\"}}",
                "{\"name\":\"n\",\"data\":\"d\",\"channel\":\"c\",\"socket_id\":\"1\"}",
                "{\"name\":\"n\",\"data\":\"d\",\"channel\":\"c\",\"socket_id\":1.2}",
                "{\"name\":\"n\",\"data\":\"d\",\"channel\":\"c\",\"socket_id\":\"1.2\\n\"}",
                "{\"name\":\"n\",\"data\":\"d\",\"channel\":\"c\",\"info\":[]}"
            })
    void aBadEventIsRefused(String body) {
        assertProblem(SERVER.post("/events", body), 400);
    }

    @Test
    void whatIsTooMuchIsRefused() {
        String channel = Api.uniqueName();
        JsonArray channels = new JsonArray();
        IntStream.range(0, 101).forEach(i -> channels.add(channel + i));

        assertProblem(
                SERVER.post("/events", event(null).put("channels", channels).encode()), 400);
        assertProblem(SERVER.post("/events", event("c".repeat(201)).encode()), 400);
        assertProblem(
                SERVER.post(
                        "/events", event(channel).put("name", "n".repeat(201)).encode()),
                400);
        assertProblem(
                SERVER.post(
                        "/events",
                        event(channel).put("data", "d".repeat(10_241)).encode()),
                413);
        assertProblem(
                SERVER.post(
                        "/events", event(channel).put("data", "é".repeat(5_121)).encode()),
                413);
        assertAnswer(
                SERVER.post(
                        "/events",
                        event(channel).put("data", "d".repeat(10_240)).encode()),
                "{}");
    }

    @Test
    void whoDoesNotKnowTheSecretIsRefused() {
        String body = event(Api.uniqueName()).encode();

        RawHttp.Answer unsigned = PusherServer.send("POST", "/apps/stagedoor/events", body);
        assertProblem(unsigned, 401);
        assertThat(unsigned.header("WWW-Authenticate")).isNotEmpty();
        assertProblem(
                new PusherServer("stagedoor", "stagedoor-key", "a-guess-of-the-secret").post("/events", body), 401);
        assertProblem(
                new PusherServer("stagedoor", "other-key", "a-secret-of-the-other-app").post("/events", body), 401);
        assertProblem(new PusherServer("nobody", "stagedoor-key", SERVER.secret()).post("/events", body), 404);
        assertProblem(PusherServer.send("GET", "/apps/stagedoor/channels", ""), 401);
        assertProblem(PusherServer.send("GET", "/apps/stagedoor/channels?auth_key=%zz", ""), 400);
    }

    @Test
    void channelsAreListedWhereAnyoneListens() {
        String prefix = "presence-" + Api.uniqueName();
        occupy(prefix + "-a", 2);
        occupy(prefix + "-b", 1);
        occupy(prefix + "-empty", 0);
        occupy("other:" + prefix + "-theirs", 1);
        join(prefix + "-a", "ada");

        assertAnswer(
                SERVER.get("/channels", Map.of("filter_by_prefix", prefix)),
                "{\"channels\":{\"%1$s-a\":{},\"%1$s-b\":{}}}".formatted(prefix));
        assertAnswer(
                SERVER.get("/channels", Map.of("filter_by_prefix", prefix, "info", "user_count,subscription_count")),
                new JsonObject()
                        .put(
                                "channels",
                                new JsonObject()
                                        .put(
                                                prefix + "-a",
                                                new JsonObject()
                                                        .put("user_count", 1)
                                                        .put("subscription_count", 2))
                                        .put(
                                                prefix + "-b",
                                                new JsonObject()
                                                        .put("user_count", 0)
                                                        .put("subscription_count", 1)))
                        .encode());
        assertAnswer(
                PusherServer.OTHER.get("/channels", Map.of("filter_by_prefix", prefix)),
                "{\"channels\":{\"%s-theirs\":{}}}".formatted(prefix));
        assertThat(SERVER.get("/channels", Map.of()).body())
                .contains(prefix + "-a")
                .doesNotContain("theirs");
    }

    @Test
    void usersAreCountedInPresenceChannelsAlone() {
        assertProblem(SERVER.get("/channels", Map.of("info", "user_count")), 400);
        assertProblem(SERVER.get("/channels", Map.of("info", "user_count", "filter_by_prefix", "private-")), 400);
        assertProblem(SERVER.get("/channels", Map.of("filter_by_prefix", "a\u0000")), 400);
        assertProblem(SERVER.get("/channels/private-a", Map.of("info", "user_count")), 400);
        assertProblem(SERVER.get("/channels/private-a", Map.of("info", "cache")), 400);
        assertProblem(SERVER.get("/channels/private-a/users", Map.of()), 400);
        assertProblem(SERVER.get("/channels/a%20b", Map.of()), 400);
        assertProblem(SERVER.get("/channels/a%00", Map.of()), 400);
    }

    @Test
    void aChannelTellsWhetherAnyoneListens() {
        String channel = "presence-" + Api.uniqueName() + ";a=b@c,d";
        assertAnswer(SERVER.get("/channels/" + channel, Map.of()), "{\"occupied\":false}");
        occupy(channel, 3);
        join(channel, "ada", "bob");

        assertAnswer(SERVER.get("/channels/" + channel, Map.of()), "{\"occupied\":true}");
        assertAnswer(
                SERVER.get("/channels/" + channel, Map.of("info", "user_count,subscription_count")),
                "{\"occupied\":true,\"user_count\":2,\"subscription_count\":3}");
        assertAnswer(
                SERVER.get("/channels/" + channel + "/users", Map.of()),
                "{\"users\":[{\"id\":\"ada\"},{\"id\":\"bob\"}]}");
    }

    @Test
    void aCacheChannelTellsItsLastEvent() {
        String channel = "private-cache-" + Api.uniqueName();
        assertAnswer(
                SERVER.get("/channels/" + channel, Map.of("info", "cache")), "{\"occupied\":false,\"cache\":null}");
        assertAnswer(SERVER.post("/events", event(channel).put("data", "old").encode()), "{}");
        assertAnswer(SERVER.post("/events", event(channel).put("data", "new").encode()), "{}");

        JsonObject cache = new JsonObject(SERVER.get("/channels/" + channel, Map.of("info", "cache"))
                        .body())
                .getJsonObject("cache");

        assertThat(cache.getString("data")).isEqualTo("new");
        assertThat(cache.getInteger("ttl")).isBetween(1_700, 1_800);
        Database.change("UPDATE outbox SET created_at = now() - interval '31 minutes' WHERE topic = '" + channel + "'");
        assertAnswer(
                SERVER.get("/channels/" + channel, Map.of("info", "cache")), "{\"occupied\":false,\"cache\":null}");
    }

    @Test
    void theConnectionsOfAUserAreClosed() {
        assertAnswer(SERVER.post("/users/ada/terminate_connections", ""), "{}");
        assertAnswer(SERVER.post("/users/" + "a%20b%2F%3F/terminate_connections", "{}"), "{}");
        assertProblem(SERVER.post("/users/%00/terminate_connections", ""), 400);
        assertProblem(SERVER.post("/users/" + "u".repeat(201) + "/terminate_connections", ""), 400);
        assertProblem(PusherServer.send("POST", "/apps/stagedoor/users/ada/terminate_connections", ""), 401);
    }
}
