package dev.stagedoor.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.nullValue;

import dev.stagedoor.support.Api;
import dev.stagedoor.support.Api.Person;
import dev.stagedoor.support.Chat;
import dev.stagedoor.support.Database;
import dev.stagedoor.support.StagedoorTest;
import dev.stagedoor.support.Statements;
import dev.stagedoor.support.Together;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@StagedoorTest
class ReadMarkerTest {

    private static final String UNREAD = "/api/v1/unread";

    private Person owner;
    private Person reader;
    private String channelId;

    @BeforeEach
    void createAChannel() {
        owner = Api.signUp();
        reader = Api.signUp();
        channelId = Chat.create(owner, "private", reader);
    }

    private Response mark(Person person, Object seq) {
        return person.request().body(Map.of("seq", seq)).put(Chat.channel(channelId) + "/read");
    }

    private void say(int times) {
        IntStream.range(0, times).forEach(i -> Chat.say(owner, channelId, "message " + i));
    }

    /** What list, channel and total say, which must be the same. */
    private static Map<String, Integer> state(Person person, String channelId) {
        JsonPath single = Chat.get(person, Chat.channel(channelId));
        JsonPath listed = Chat.get(person, Chat.CHANNELS);
        JsonPath total = Chat.get(person, UNREAD);
        String own = "data.find { it.id == '" + channelId + "' }";
        for (String field : List.of("unread", "mentions", "readSeq", "lastSeq")) {
            assertThat(listed.getInt(own + "." + field)).as(field).isEqualTo(single.getInt(field));
        }
        assertThat(listed.getList("data.unread", Integer.class).stream()
                        .mapToInt(i -> i)
                        .sum())
                .isEqualTo(total.getInt("unread"));
        assertThat(listed.getList("data.mentions", Integer.class).stream()
                        .mapToInt(i -> i)
                        .sum())
                .isEqualTo(total.getInt("mentions"));
        assertThat(single.getInt("unread")).isEqualTo(single.getInt("lastSeq") - single.getInt("readSeq"));
        return Map.of("unread", single.getInt("unread"), "mentions", single.getInt("mentions"));
    }

    @Test
    void whatOthersWriteIsUnreadAndWhatOneWritesOneselfIsRead() {
        say(3);

        assertThat(state(reader, channelId)).isEqualTo(Map.of("unread", 3, "mentions", 0));
        assertThat(state(owner, channelId)).isEqualTo(Map.of("unread", 0, "mentions", 0));
        Chat.get(reader, UNREAD)
                .getMap("")
                .forEach((key, value) -> assertThat(value)
                        .as(String.valueOf(key))
                        .isEqualTo(Map.of("unread", 3, "mentions", 0, "channels", 1)
                                .get(key)));
    }

    @Test
    void writingDoesNotMarkWhatWasNotRead() {
        say(2);

        Chat.say(reader, channelId, "an answer");

        assertThat(state(reader, channelId)).containsEntry("unread", 3);
        assertThat(state(owner, channelId)).containsEntry("unread", 1);
    }

    @Test
    void theMarkerGoesForwardAndBackOnlyByForce() {
        say(5);

        mark(reader, 3).then().statusCode(200).body("readSeq", equalTo(3), "unread", equalTo(2), "lastSeq", equalTo(5));
        mark(reader, 1).then().statusCode(200).body("readSeq", equalTo(3), "unread", equalTo(2));
        assertThat(state(reader, channelId)).containsEntry("unread", 2);
        reader.request()
                .body(Map.of("seq", 1, "force", true))
                .put(Chat.channel(channelId) + "/read")
                .then()
                .statusCode(200)
                .header("X-Invalidates", "user:" + reader.id() + ":channels")
                .body("readSeq", equalTo(1), "unread", equalTo(4));
        assertThat(state(reader, channelId)).containsEntry("unread", 4);
        mark(reader, 5).then().body("unread", equalTo(0));
        assertThat(state(reader, channelId)).containsEntry("unread", 0);
    }

    @Test
    void aMarkerBeyondTheLastMessageIsRefused() {
        say(2);

        mark(reader, 3).then().statusCode(400).body("errors.field", hasItem("seq"));

        assertThat(state(reader, channelId)).containsEntry("unread", 2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"{}", "{\"seq\":-1}", "{\"seq\":1.5}", "{\"seq\":\"x\"}", "{\"seq\":1,\"force\":\"x\"}", "[]"})
    void whatIsNoMarkerIsRefused(String body) {
        say(1);

        reader.request()
                .body(body)
                .put(Chat.channel(channelId) + "/read")
                .then()
                .statusCode(400);

        assertThat(state(reader, channelId)).containsEntry("unread", 1);
    }

    @Test
    void onlyMembersHaveAMarker() {
        Person stranger = Api.signUp();
        mark(stranger, 0).then().statusCode(404);
        String open = Chat.create(owner, "public");

        stranger.request()
                .body(Map.of("seq", 0))
                .put(Chat.channel(open) + "/read")
                .then()
                .statusCode(403);
        Chat.get(stranger, Chat.channel(open)).getMap("").forEach((field, value) -> {
            if (List.of("role", "readSeq", "unread", "mentions", "muted", "pinned")
                    .contains(field)) {
                assertThat(value).as(String.valueOf(field)).isNull();
            }
        });
        stranger.request().get(Chat.channel(open)).then().body("lastSeq", equalTo(0), "unread", nullValue());
        Api.request().put(Chat.channel(open) + "/read").then().statusCode(401);
    }

    @Test
    void whatOneWritesOnSeveralDevicesAtOnceIsReadToo() {
        List<Integer> statuses = Together.run(
                12,
                i -> Chat.post(owner, channelId, Map.of("text", "message " + i)).statusCode());

        assertThat(statuses).containsOnly(201);
        assertThat(state(owner, channelId)).containsEntry("unread", 0);
    }

    @Test
    void whatWasSaidBeforeOneJoinsIsNotUnread() {
        say(4);
        Person late = Api.signUp();
        owner.request()
                .body(Map.of("userId", late.id()))
                .post(Chat.members(channelId))
                .then()
                .statusCode(201);

        assertThat(state(late, channelId)).containsEntry("unread", 0);
        say(1);
        assertThat(state(late, channelId)).containsEntry("unread", 1);
    }

    @Test
    void mentionsOfMembersCountUntilTheyAreRead() {
        Person stranger = Api.signUp();
        String text = "@" + reader.username().toUpperCase(java.util.Locale.ROOT) + ", @" + stranger.username()
                + " and @" + owner.username() + ": @" + reader.username();
        JsonPath sent = Chat.send(owner, channelId, text);

        assertThat(sent.getList("mentions")).isEqualTo(List.of(reader.id()));
        assertThat(Chat.get(reader, Chat.messages(channelId)).getList("data[0].mentions"))
                .isEqualTo(List.of(reader.id()));
        assertThat(state(reader, channelId)).isEqualTo(Map.of("unread", 1, "mentions", 1));
        say(1);
        mark(reader, 1).then().body("mentions", equalTo(0), "unread", equalTo(1));
        assertThat(state(reader, channelId)).isEqualTo(Map.of("unread", 1, "mentions", 0));
    }

    @Test
    void pinnedChannelsComeFirstInEveryPageAndMutedOnesSaySo() {
        Chat.say(owner, channelId, "old");
        String newer = Chat.create(owner, "private", reader);
        Chat.say(owner, newer, "new");
        String newest = Chat.create(owner, "private", reader);
        Chat.say(owner, newest, "newest");

        reader.request()
                .body(Map.of("pinned", true, "muted", true))
                .patch(Chat.members(channelId) + "/me")
                .then()
                .statusCode(200)
                .body("pinned", equalTo(true), "muted", equalTo(true), "unread", equalTo(1));

        List<Map<String, Object>> all = Chat.allChannels(reader, "", 1);
        assertThat(all).extracting(channel -> channel.get("id")).containsExactly(channelId, newest, newer);
        assertThat(all).extracting(channel -> channel.get("pinned")).containsExactly(true, false, false);
        assertThat(Chat.get(owner, Chat.channel(channelId)).getBoolean("pinned"))
                .isFalse();
        reader.request()
                .body(Map.of("pinned", false))
                .patch(Chat.members(channelId) + "/me")
                .then()
                .statusCode(200);
        assertThat(Chat.get(reader, Chat.channel(channelId)).getBoolean("muted"))
                .isTrue();
        assertThat(Chat.allChannels(reader, "", 2))
                .extracting(channel -> channel.get("id"))
                .containsExactly(newest, newer, channelId);
        Api.signUp()
                .request()
                .body("{}")
                .patch(Chat.members(channelId) + "/me")
                .then()
                .statusCode(404);
    }

    @Test
    void theListOfSomeoneInFiveHundredChannelsTakesTwoStatementsColdAndNoneWarm() {
        Person busy = Api.signUp();
        Database.change("""
                WITH made AS (
                    INSERT INTO channel (id, name, visibility, created_at, activity_at, last_seq, last_change)
                    SELECT gen_random_uuid(), 'many', 'private', now(), now() - n * interval '1 s', 1, 1
                    FROM generate_series(1, 500) n
                    RETURNING id
                ), said AS (
                    INSERT INTO message (channel_id, seq, id, author_id, text, sent_at, mentions)
                    SELECT id, 1, gen_random_uuid(), '%1$s', 'hello', now(), ARRAY[uuid '%2$s'] FROM made
                    RETURNING channel_id
                ), noted AS (
                    INSERT INTO mention (user_id, channel_id, seq) SELECT '%2$s', channel_id, 1 FROM said
                )
                INSERT INTO membership (channel_id, user_id, role, joined_at)
                SELECT channel_id, '%2$s', 'member', now() FROM said
                """.formatted(owner.id(), busy.id()));
        String first = Chat.CHANNELS + "?limit=100";

        assertThat(Statements.of(200, () -> busy.request().get(first))).isLessThanOrEqualTo(2);
        assertThat(Statements.of(200, () -> busy.request().get(first))).isZero();

        List<Map<String, Object>> all = Chat.allChannels(busy, "", 100);
        assertThat(all)
                .hasSize(500)
                .allSatisfy(channel -> assertThat(channel)
                        .containsEntry("unread", 1)
                        .containsEntry("mentions", 1)
                        .containsEntry("lastSeq", 1));
        assertThat(Chat.get(busy, UNREAD).getMap(""))
                .isEqualTo(Map.of("unread", 500, "mentions", 500, "channels", 500));
        assertThat(Statements.of(200, () -> busy.request().get(UNREAD))).isEqualTo(1);
    }

    @Test
    void markingNeverHidesWhatArrivesAtThatMoment() {
        int writers = 4;
        int each = 40;
        List<Integer> wrong = Together.run(writers * 2, i -> i < writers ? write(each) : markAsSeen(each));

        assertThat(wrong).containsOnly(0);
        int last = Chat.get(reader, Chat.channel(channelId)).getInt("lastSeq");
        assertThat(last).isEqualTo(writers * each);
        assertThat(state(reader, channelId).get("unread"))
                .isEqualTo(last - Chat.get(reader, Chat.channel(channelId)).getInt("readSeq"));
    }

    private int write(int times) {
        say(times);
        return 0;
    }

    /** How often a marker passed what this reader, or another one, has seen. */
    private int markAsSeen(int times) {
        int wrong = 0;
        for (int i = 0; i < times; i++) {
            List<Integer> seqs = Chat.get(reader, Chat.messages(channelId)).getList("data.seq");
            int seen = seqs.isEmpty() ? 0 : seqs.get(seqs.size() - 1);
            JsonPath marker =
                    mark(reader, seen).then().statusCode(200).extract().jsonPath();
            boolean isSound = marker.getInt("readSeq") >= seen
                    && marker.getInt("unread") == marker.getInt("lastSeq") - marker.getInt("readSeq");
            wrong += isSound ? 0 : 1;
        }
        return wrong;
    }
}
