package dev.stagedoor.chat.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.nullValue;

import dev.stagedoor.support.Api;
import dev.stagedoor.support.Api.Person;
import dev.stagedoor.support.Chat;
import dev.stagedoor.support.Database;
import dev.stagedoor.support.StagedoorTest;
import dev.stagedoor.support.Streams;
import dev.stagedoor.support.Together;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@StagedoorTest
class StreamChatTest {

    private Person owner;
    private Person viewer;
    private String stream;

    @BeforeEach
    void someoneIsLive() {
        owner = Api.signUp();
        viewer = Api.signUp();
        stream = Streams.create(owner);
        Streams.start(owner, stream);
    }

    private static Response ask(Person person, String streamId) {
        return person.request().put(Streams.stream(streamId) + "/chat");
    }

    private JsonPath enter(Person person) {
        return ask(person, stream).then().statusCode(200).extract().jsonPath();
    }

    private String entered(Person person) {
        return enter(person).getString("id");
    }

    private void letIn(Person person) {
        ask(person, stream).then().statusCode(200);
    }

    private static Response say(Person author, String channel, String text) {
        return Chat.post(author, channel, Map.of("text", text));
    }

    private void settings(Map<String, ?> settings) {
        Streams.patch(owner, Streams.stream(stream), "*", Map.of("chatSettings", settings))
                .then()
                .statusCode(200);
    }

    @Test
    void viewersEnterOneChannelThatTheOwnerOwns() {
        JsonPath seen = enter(viewer);
        String channel = seen.getString("id");

        assertThat(seen.getString("streamId")).isEqualTo(stream);
        assertThat(seen.getString("visibility")).isEqualTo("stream");
        assertThat(seen.getString("name")).isNull();
        assertThat(seen.getString("role")).isEqualTo("member");
        assertThat(seen.getInt("memberCount")).isEqualTo(2);
        assertThat(enter(owner).getString("role")).isEqualTo("owner");
        assertThat(entered(owner)).isEqualTo(channel);

        say(viewer, channel, "What a show").then().statusCode(201);
        assertThat(Chat.get(owner, Chat.messages(channel)).getList("data.text")).containsExactly("What a show");
    }

    @Test
    void enteringAgainChangesNothing() {
        String channel = entered(viewer);
        say(viewer, channel, "One").then().statusCode(201);
        JsonPath again = enter(viewer);

        assertThat(again.getInt("memberCount")).isEqualTo(2);
        assertThat(again.getLong("readSeq")).isEqualTo(1);
    }

    @Test
    void whoeverComesFirstOfManyThereIsOneChannel() {
        List<Person> viewers = List.of(Api.signUp(), Api.signUp(), Api.signUp(), Api.signUp(), owner, viewer);
        List<String> channels = Together.run(viewers.size(), i -> entered(viewers.get(i)));

        assertThat(channels).containsOnly(channels.get(0));
        assertThat(enter(owner).getInt("memberCount")).isEqualTo(viewers.size());
        assertThat(enter(owner).getString("role")).isEqualTo("owner");
    }

    @Test
    void whatWasSaidBeforeIsNotUnreadToWhoComesLate() {
        String channel = entered(owner);
        say(owner, channel, "Early").then().statusCode(201);

        JsonPath late = enter(viewer);
        assertThat(late.getLong("unread")).isZero();
        assertThat(Chat.get(viewer, Chat.messages(channel)).getList("data.text"))
                .containsExactly("Early");
    }

    @Test
    void hostsAndModeratorsOfTheStreamModerateItsChat() {
        Person moderator = Streams.joined(owner, stream, "moderator");
        Person host = Streams.joined(owner, stream, "host");
        Person guest = Streams.joined(owner, stream, "guest");
        Person invited = Api.signUp();
        Streams.invite(owner, stream, invited, "moderator");

        assertThat(enter(moderator).getString("role")).isEqualTo("moderator");
        assertThat(enter(host).getString("role")).isEqualTo("moderator");
        assertThat(enter(guest).getString("role")).isEqualTo("member");
        assertThat(enter(invited).getString("role")).isEqualTo("member");

        Streams.move(invited, stream, invited, "waiting").then().statusCode(200);
        assertThat(enter(invited).getString("role")).isEqualTo("moderator");
    }

    @Test
    void whoModeratesTheStreamNoLongerModeratesItsChatNoLonger() {
        Person leaving = Streams.joined(owner, stream, "moderator");
        Person demoted = Streams.joined(owner, stream, "moderator");
        Person removed = Streams.joined(owner, stream, "host");
        for (Person person : List.of(leaving, demoted, removed)) {
            assertThat(enter(person).getString("role")).isEqualTo("moderator");
        }

        Streams.move(leaving, stream, leaving, "left").then().statusCode(200);
        Streams.patch(owner, Streams.participant(stream, demoted), "*", Map.of("role", "guest"))
                .then()
                .statusCode(200);
        Streams.delete(owner, Streams.participant(stream, removed), "*").then().statusCode(204);

        for (Person person : List.of(leaving, demoted, removed)) {
            assertThat(enter(person).getString("role")).isEqualTo("member");
        }
        assertThat(Database.query(
                        "SELECT data::json ->> 'role' FROM outbox WHERE name = 'member.updated' AND topic LIKE '%"
                                + entered(owner) + "'"))
                .containsOnly("member")
                .hasSize(3);
    }

    @Test
    void whatAnOwnerOfTheChatThinksOfAModeratorOfTheStreamStays() {
        Person demoted = Streams.joined(owner, stream, "moderator");
        Person removed = Streams.joined(owner, stream, "moderator");
        String channel = entered(demoted);
        letIn(removed);
        owner.request()
                .body(Map.of("role", "member"))
                .put(Chat.channel(channel) + "/roles/" + demoted.id())
                .then()
                .statusCode(200);
        owner.request()
                .delete(Chat.members(channel) + "/" + removed.id())
                .then()
                .statusCode(204);

        for (Person person : List.of(demoted, removed)) {
            Streams.move(owner, stream, person, "backstage").then().statusCode(200);
            assertThat(enter(person).getString("role")).isEqualTo("member");
        }
    }

    @Test
    void anOwnerWhoIsErasedDoesNotComeBack() {
        owner.request().delete("/api/v1/users/me").then().statusCode(204);
        String channel = entered(viewer);

        assertThat(Database.query("SELECT user_id FROM membership WHERE channel_id = '" + channel + "'"))
                .containsExactly(viewer.id());
    }

    @Test
    void theChatOfAStreamIsInNoList() {
        String channel = entered(viewer);
        say(owner, entered(owner), "Unread").then().statusCode(201);

        viewer.request().get(Chat.CHANNELS).then().body("data", empty());
        viewer.request().get("/api/v1/unread").then().body("unread", equalTo(0));
        assertThat(Chat.allChannels(viewer, "&visibility=public", 100))
                .noneMatch(listed -> listed.get("id").equals(channel));
    }

    @Test
    void onlyTheStreamLetsPeopleIn() {
        String channel = entered(owner);

        viewer.request().get(Chat.channel(channel)).then().statusCode(404);
        viewer.request().body("{}").post(Chat.members(channel)).then().statusCode(404);
        viewer.request().get(Chat.messages(channel)).then().statusCode(404);
        ask(viewer, Chat.UNKNOWN_ID).then().statusCode(404).body("type", containsString("not-found"));
        ask(viewer, "stream").then().statusCode(404);
        Api.request().put(Streams.stream(stream) + "/chat").then().statusCode(401);
        viewer.request()
                .body(Chat.newChannel("stream", "mine", List.of()))
                .post(Chat.CHANNELS)
                .then()
                .statusCode(400)
                .body("errors[0].field", equalTo("visibility"));
    }

    @Test
    void whoIsBannedStaysOut() {
        String channel = entered(viewer);
        letIn(owner);
        owner.request()
                .body("{}")
                .put(Chat.channel(channel) + "/bans/" + viewer.id())
                .then()
                .statusCode(200);

        ask(viewer, stream).then().statusCode(403).body("type", containsString("banned"));
        say(viewer, channel, "Hello?").then().statusCode(404);
    }

    @Test
    void nobodyWritesWhereTheChatIsOff() {
        String channel = entered(viewer);
        letIn(owner);
        settings(Map.of("enabled", false));

        for (Person person : List.of(viewer, owner)) {
            say(person, channel, "Hello?").then().statusCode(403).body("type", containsString("chat-off"));
        }
        viewer.request().get(Chat.messages(channel)).then().statusCode(200).body("data", empty());

        settings(Map.of("enabled", true));
        say(viewer, channel, "Hello!").then().statusCode(201).body("seq", equalTo(1));
    }

    @Test
    void whereTheChatIsOffWhatWasSaidStaysAsItIs() {
        String channel = entered(viewer);
        say(viewer, channel, "Hello!").then().statusCode(201);
        settings(Map.of("enabled", false));
        String message = Chat.messages(channel) + "/1";

        viewer.request()
                .body(Map.of("text", "Buy now"))
                .patch(message)
                .then()
                .statusCode(403)
                .body("type", containsString("chat-off"));
        viewer.request().put(message + "/reactions/x").then().statusCode(403);
        viewer.request().delete(message).then().statusCode(204);
    }

    @Test
    void whereParticipantsTalkOthersRead() {
        Person guest = Streams.joined(owner, stream, "guest");
        Person invited = Api.signUp();
        Streams.invite(owner, stream, invited, "guest");
        String channel = entered(viewer);
        letIn(guest);
        letIn(invited);
        settings(Map.of("membersOnly", true));

        say(guest, channel, "On air").then().statusCode(201);
        for (Person person : List.of(viewer, invited)) {
            say(person, channel, "Me too").then().statusCode(403).body("type", containsString("participants-only"));
        }
        assertThat(Chat.get(viewer, Chat.messages(channel)).getList("data.text"))
                .containsExactly("On air");
    }

    @Test
    void theSlowerOfBothSlowModesHolds() {
        String channel = entered(viewer);
        letIn(owner);
        settings(Map.of("slowModeSeconds", 3600));

        say(viewer, channel, "First").then().statusCode(201);
        say(viewer, channel, "Second").then().statusCode(429).header("Retry-After", matchesPattern("3(600|5\\d\\d)"));
        say(owner, channel, "Owners").then().statusCode(201);
        say(owner, channel, "wait for nothing").then().statusCode(201);

        settings(Map.of("slowModeSeconds", 0));
        say(viewer, channel, "Second").then().statusCode(201);
        owner.request()
                .body(Map.of("slowModeSeconds", 3600))
                .patch(Chat.channel(channel) + "/moderation")
                .then()
                .statusCode(200);
        say(viewer, channel, "Third").then().statusCode(429);
    }

    @Test
    void viewersComeAndGoUnnoticed() {
        String channel = entered(owner);
        letIn(viewer);
        viewer.request().delete(Chat.members(channel) + "/me").then().statusCode(204);

        assertThat(Database.query("SELECT name FROM outbox WHERE topic = 'private-channel-" + channel + "'"))
                .isEmpty();
        letIn(viewer);
        for (String topic : List.of("private-channel-", "presence-channel-")) {
            assertThat(mayListen(viewer, topic + channel)).isEqualTo(topic.startsWith("private"));
        }
        viewer.request().delete(Chat.members(channel) + "/me").then().statusCode(204);
        viewer.request().get(Chat.messages(channel)).then().statusCode(404);
    }

    private static boolean mayListen(Person person, String topic) {
        return person.request()
                        .body(Map.of("socket_id", "1.1", "channel_name", topic))
                        .post("/pusher/auth")
                        .statusCode()
                == 200;
    }

    @Test
    void theChatOfADeletedStreamCanBeReadByThoseInIt() {
        String channel = entered(viewer);
        say(viewer, channel, "Farewell").then().statusCode(201);
        Streams.end(owner, stream);
        Streams.delete(owner, Streams.stream(stream), "*").then().statusCode(204);

        viewer.request()
                .get(Chat.channel(channel))
                .then()
                .statusCode(200)
                .body("streamId", nullValue())
                .body("lastMessage.text", equalTo("Farewell"));
        viewer.request().get(Chat.messages(channel)).then().body("data.text", contains("Farewell"));
        say(viewer, channel, "Hello?").then().statusCode(403).body("type", containsString("chat-off"));
        ask(viewer, stream).then().statusCode(404);
        for (String counts : List.of("chat_minute", "chat_hour")) {
            assertThat(Database.query("SELECT start FROM " + counts + " WHERE livestream_id = '" + stream + "'"))
                    .isEmpty();
        }
    }
}
