package dev.stagedoor.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

import dev.stagedoor.support.Api;
import dev.stagedoor.support.Api.Person;
import dev.stagedoor.support.Chat;
import dev.stagedoor.support.StagedoorTest;
import dev.stagedoor.support.Together;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@StagedoorTest
class MessageChangeTest {

    private static final Map<String, Object> POSTER = Map.of(
            "name", "poster.png", "type", "image/png", "size", 48_213, "url", "https://cdn.example.org/poster.png");

    private Person owner;
    private Person guest;
    private String channelId;

    @BeforeEach
    void createAChannel() {
        owner = Api.signUp();
        guest = Api.signUp();
        channelId = Chat.create(owner, "private", guest);
    }

    private String message(int seq) {
        return Chat.messages(channelId) + "/" + seq;
    }

    private Response edit(Person person, int seq, String text) {
        return person.request().body(Map.of("text", text)).patch(message(seq));
    }

    private Response react(Person person, int seq, String emoji) {
        return person.request().put(message(seq) + "/reactions/{emoji}", emoji);
    }

    private Response unreact(Person person, int seq, String emoji) {
        return person.request().delete(message(seq) + "/reactions/{emoji}", emoji);
    }

    private Response pin(Person person, int seq) {
        return person.request().put(message(seq) + "/pin");
    }

    private Map<String, Object> paged(int seq) {
        return Chat.get(owner, Chat.messages(channelId) + "?around=" + seq + "&limit=1")
                .getMap("data[0]");
    }

    @Test
    void anEditShowsAtOnceAndKeepsWhatTheMessageSaid() {
        Chat.say(guest, channelId, "first");
        assertThat(paged(1)).containsEntry("text", "first");

        edit(guest, 1, "second @" + owner.username())
                .then()
                .statusCode(200)
                .header("X-Invalidates", "channel:" + channelId + ":messages")
                .body("text", startsWith("second"))
                .body("editedAt", notNullValue())
                .body("version", equalTo(1))
                .body("mentions", equalTo(List.of(owner.id())));
        edit(guest, 1, "third").then().body("version", equalTo(2)).body("mentions", equalTo(List.of()));

        assertThat(paged(1)).isEqualTo(Chat.get(owner, message(1)).getMap("")).containsEntry("text", "third");
        for (Person reader : List.of(owner, guest)) {
            assertThat(Chat.get(reader, message(1) + "/edits").getList("data.text"))
                    .isEqualTo(List.of("first", "second @" + owner.username()));
        }
        assertThat(Chat.get(owner, "/api/v1/unread").getInt("mentions")).isZero();
    }

    @Test
    void anEditThatMentionsSomeoneCountsForThem() {
        Chat.say(owner, channelId, "hello");

        edit(owner, 1, "hello @" + guest.username()).then().statusCode(200);

        assertThat(Chat.get(guest, Chat.channel(channelId)).getInt("mentions")).isEqualTo(1);
    }

    @Test
    void theSameTextIsNoEdit() {
        Chat.say(guest, channelId, "first");

        edit(guest, 1, "first")
                .then()
                .statusCode(200)
                .body("version", equalTo(0))
                .body("editedAt", nullValue());
    }

    @Test
    void onlyItsAuthorEditsAMessage() {
        Chat.say(guest, channelId, "first");

        edit(owner, 1, "mine").then().statusCode(403);
        edit(Api.signUp(), 1, "mine").then().statusCode(404);
        edit(guest, 2, "none").then().statusCode(404);
        Api.request().body(Map.of("text", "x")).patch(message(1)).then().statusCode(401);

        assertThat(paged(1)).containsEntry("text", "first").containsEntry("version", 0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"text\":\"\"}", "{\"text\":null}", "{\"text\":\"a\\u0000b\"}", "[]", "{"})
    void whatIsNoTextIsRefused(String body) {
        Chat.say(guest, channelId, "first");

        guest.request().body(body).patch(message(1)).then().statusCode(400);

        assertThat(paged(1)).containsEntry("text", "first");
    }

    @Test
    void aDeletedMessageLeavesATombstoneInItsPlaceAndNothingOfWhatItSaid() {
        Chat.say(owner, channelId, "before");
        Chat.say(guest, channelId, "secret @" + owner.username());
        Chat.say(owner, channelId, "after");
        edit(guest, 2, "another secret @" + owner.username()).then().statusCode(200);
        react(owner, 2, "👏").then().statusCode(200);
        pin(owner, 2).then().statusCode(200);

        guest.request().delete(message(2)).then().statusCode(204);
        guest.request().delete(message(2)).then().statusCode(204);

        JsonPath page = Chat.get(owner, Chat.messages(channelId));
        assertThat(page.getList("data.seq")).isEqualTo(List.of(1, 2, 3));
        assertThat(page.getList("data.text")).isEqualTo(List.of("before", "", "after"));
        assertThat(page.getString("data[1].deletedAt")).isNotNull();
        assertThat(page.getList("data[1].reactions")).isEmpty();
        assertThat(page.getString("data[1].pinnedAt")).isNull();
        assertThat(Chat.get(owner, message(2) + "/edits").getList("data")).isEmpty();
        assertThat(Chat.get(owner, Chat.channel(channelId) + "/pins").getList("data"))
                .isEmpty();
        assertThat(Chat.get(owner, Chat.channel(channelId)).getInt("mentions")).isZero();
        edit(guest, 2, "back").then().statusCode(409);
        react(owner, 2, "👏").then().statusCode(409);
        pin(owner, 2).then().statusCode(409);
    }

    @Test
    void membersDeleteTheirOwnAndOwnersAny() {
        Chat.say(owner, channelId, "one");
        Chat.say(guest, channelId, "two");

        guest.request().delete(message(1)).then().statusCode(403);
        Api.signUp().request().delete(message(1)).then().statusCode(404);
        owner.request().delete(message(2)).then().statusCode(204);

        assertThat(Chat.get(guest, Chat.messages(channelId)).getList("data.text"))
                .isEqualTo(List.of("one", ""));
    }

    @Test
    void inAChannelOfTwoBothAreAlike() {
        String direct = Chat.create(owner, "direct", guest);
        Chat.say(guest, direct, "one");
        Chat.say(owner, direct, "two");

        owner.request().delete(Chat.messages(direct) + "/1").then().statusCode(403);
        guest.request().delete(Chat.messages(direct) + "/2").then().statusCode(403);
        owner.request().get(Chat.messages(direct) + "/1/edits").then().statusCode(403);
    }

    @Test
    void reactionsAreSets() {
        Chat.say(owner, channelId, "one");

        react(owner, 1, "👏").then().statusCode(200);
        react(owner, 1, "👏").then().statusCode(200);
        react(guest, 1, "👏").then().statusCode(200);
        react(guest, 1, ":tada:").then().body("reactions.count", equalTo(List.of(2, 1)));

        assertThat(paged(1).get("reactions"))
                .isEqualTo(List.of(
                        Map.of("emoji", "👏", "count", 2, "userIds", List.of(owner.id(), guest.id())),
                        Map.of("emoji", ":tada:", "count", 1, "userIds", List.of(guest.id()))));
        unreact(owner, 1, "👏").then().body("reactions[0].count", equalTo(1));
        unreact(owner, 1, "👏").then().statusCode(200);
        unreact(guest, 1, ":tada:").then().body("reactions.emoji", equalTo(List.of("👏")));
    }

    @Test
    void reactionsThatComeAtTheSameTimeAreAllThere() {
        Chat.say(owner, channelId, "one");
        List<Person> people = Stream.of(owner, guest).toList();

        List<Integer> statuses =
                Together.run(16, i -> react(people.get(i % 2), 1, "r" + i / 2).statusCode());

        assertThat(statuses).containsOnly(200);
        assertThat(Chat.get(owner, message(1)).getList("reactions.count"))
                .hasSize(8)
                .containsOnly(2);
    }

    @Test
    void aMessageHasTwentyDifferentReactionsAtMost() {
        Chat.say(owner, channelId, "one");
        IntStream.range(0, 20).forEach(i -> react(owner, 1, "r" + i).then().statusCode(200));

        react(guest, 1, "r20").then().statusCode(409);
        react(guest, 1, "r19").then().statusCode(200);
        react(guest, 1, "x".repeat(33)).then().statusCode(400).body("errors.field", hasItem("emoji"));
    }

    @Test
    void repliesMakeAThreadOfOneLevel() {
        Chat.say(owner, channelId, "question");
        reply(guest, 1, "answer").then().statusCode(201).body("replyTo", equalTo(1));
        reply(owner, 2, "thanks").then().statusCode(201).body("replyTo", equalTo(1));
        Chat.say(owner, channelId, "something else");

        assertThat(Chat.get(guest, message(1)).getInt("replyCount")).isEqualTo(2);
        JsonPath first = Chat.get(guest, message(1) + "/replies?limit=1");
        assertThat(first.getList("data.text")).isEqualTo(List.of("answer"));
        assertThat(Chat.get(guest, message(1) + "/replies?limit=1&after=" + first.getString("next"))
                        .getList("data.text"))
                .isEqualTo(List.of("thanks"));
        guest.request().delete(message(2)).then().statusCode(204);
        assertThat(Chat.get(guest, message(1)).getInt("replyCount")).isEqualTo(1);
        reply(guest, 99, "to nothing").then().statusCode(400).body("errors.field", hasItem("replyTo"));
        Api.signUp().request().get(message(1) + "/replies").then().statusCode(404);
    }

    private Response reply(Person author, int seq, String text) {
        return Chat.post(author, channelId, Map.of("text", text, "replyTo", seq));
    }

    @Test
    void ownersPinMessagesAndSoDoBothOfTwo() {
        Chat.say(guest, channelId, "one");
        Chat.say(guest, channelId, "two");

        pin(guest, 1).then().statusCode(403);
        pin(owner, 1).then().statusCode(200).body("pinnedAt", notNullValue());
        pin(owner, 2).then().statusCode(200);

        assertThat(Chat.get(guest, Chat.channel(channelId) + "/pins").getList("data.text"))
                .isEqualTo(List.of("two", "one"));
        owner.request().delete(message(2) + "/pin").then().statusCode(200).body("pinnedAt", nullValue());
        assertThat(Chat.get(guest, Chat.channel(channelId) + "/pins").getList("data.text"))
                .isEqualTo(List.of("one"));
        String direct = Chat.create(owner, "direct", guest);
        Chat.say(owner, direct, "between us");
        guest.request().put(Chat.messages(direct) + "/1/pin").then().statusCode(200);
    }

    @Test
    void attachmentsAreReferencesThatComeBackAsGiven() {
        Chat.post(owner, channelId, Map.of("attachments", List.of(POSTER)))
                .then()
                .statusCode(201)
                .body("text", equalTo(""));

        assertThat(paged(1)).containsEntry("attachments", List.of(POSTER)).containsEntry("text", "");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "javascript:alert(1)",
                "data:text/html,x",
                "file:///etc/passwd",
                "//cdn.example.org/x",
                "https://user:secret@example.org/x",
                "not a url",
                ""
            })
    void addressesOfOtherSchemesAreRefused(String url) {
        Map<String, Object> attachment = POSTER.entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, e -> e.getKey().equals("url") ? url : e.getValue()));

        Chat.post(owner, channelId, Map.of("text", "look", "attachments", List.of(attachment)))
                .then()
                .statusCode(400)
                .body("errors.field", hasItem(startsWith("attachments")));
        assertThat(Chat.get(owner, Chat.messages(channelId)).getList("data")).isEmpty();
    }

    @Test
    void aMessageOfNothingOrOfTooManyAttachmentsIsRefused() {
        Chat.post(owner, channelId, Map.of()).then().statusCode(400).body("errors.field", hasItem("text"));
        Chat.post(owner, channelId, Map.of("attachments", List.of())).then().statusCode(400);
        Chat.post(
                        owner,
                        channelId,
                        Map.of(
                                "attachments",
                                IntStream.range(0, 11).mapToObj(i -> POSTER).toList()))
                .then()
                .statusCode(400)
                .body("errors.field", hasItem("attachments"));
    }
}
