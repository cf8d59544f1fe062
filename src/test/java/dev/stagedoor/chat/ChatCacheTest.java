package dev.stagedoor.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;

import dev.stagedoor.support.Api;
import dev.stagedoor.support.Api.Person;
import dev.stagedoor.support.Chat;
import dev.stagedoor.support.StagedoorTest;
import dev.stagedoor.support.Statements;
import io.restassured.response.Response;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@StagedoorTest
class ChatCacheTest {

    private static final String INVALIDATES = "X-Invalidates";

    private Person owner;
    private Person guest;
    private String channelId;

    @BeforeEach
    void createAChannel() {
        owner = Api.signUp();
        guest = Api.signUp();
        channelId = Chat.create(owner, "private", guest);
        Chat.say(owner, channelId, "first");
    }

    private Response messages(Person reader) {
        return reader.request().get(Chat.messages(channelId));
    }

    private static Response channels(Person reader) {
        return reader.request().get(Chat.CHANNELS);
    }

    private static Response rename(Person person, String name) {
        String tag = person.request().get("/api/v1/users/me").header("ETag");
        return person.request()
                .header("If-Match", tag)
                .body(Map.of("displayName", name))
                .patch("/api/v1/users/me");
    }

    @Test
    void whatIsWarmTakesNoStatement() {
        for (String path : List.of(Chat.messages(channelId), Chat.CHANNELS, "/api/v1/users/me")) {
            String tag = guest.request().get(path).header("ETag");

            assertThat(Statements.of(200, () -> guest.request().get(path)))
                    .as(path)
                    .isZero();
            assertThat(Statements.of(
                            304,
                            () -> guest.request().header("If-None-Match", tag).get(path)))
                    .as(path)
                    .isZero();
        }
    }

    @Test
    void aPageIsLoadedOnceForAllMembers() {
        messages(owner).then().statusCode(200);
        messages(guest).then().statusCode(200);
        Chat.say(owner, channelId, "second");

        assertThat(Statements.of(200, () -> messages(owner))).isEqualTo(1);
        assertThat(Statements.of(200, () -> messages(guest))).isZero();
    }

    @Test
    void aMessageShowsAtOnceInPagesAndLists() {
        messages(guest).then().body("data.text", equalTo(List.of("first")));
        channels(guest).then().body("data[0].lastMessage.text", equalTo("first"));

        Chat.post(owner, channelId, Map.of("text", "second"))
                .then()
                .statusCode(201)
                .header(INVALIDATES, "channel:" + channelId + ":messages");

        messages(guest).then().body("data.text", equalTo(List.of("first", "second")));
        channels(guest).then().body("data[0].lastMessage.text", equalTo("second"));
    }

    @Test
    void aMessageBringsItsChannelToTheTopOfAPageThatDidNotHoldIt() {
        String newer = Chat.create(owner, "private", guest);
        Chat.say(owner, newer, "later");
        String top = Chat.CHANNELS + "?limit=1";
        guest.request().get(top).then().body("data.id", equalTo(List.of(newer)));

        Chat.say(owner, channelId, "again");

        guest.request().get(top).then().body("data.id", equalTo(List.of(channelId)));
    }

    @Test
    void whoIsRemovedReadsNothingMore() {
        messages(guest).then().statusCode(200);
        channels(guest).then().body("data.id", hasItem(channelId));

        owner.request()
                .delete(Chat.members(channelId) + "/" + guest.id())
                .then()
                .statusCode(204)
                .header(
                        INVALIDATES,
                        "channel:%1$s, channel:%1$s:member:%2$s, user:%2$s:channels".formatted(channelId, guest.id()));

        messages(guest).then().statusCode(404);
        channels(guest).then().body("data.id", not(hasItem(channelId)));
    }

    @Test
    void whoIsAddedReadsAtOnceWhatTheyWereRefused() {
        Person stranger = Api.signUp();
        messages(stranger).then().statusCode(404);
        channels(stranger).then().body("data", hasSize(0));

        owner.request()
                .body(Map.of("userId", stranger.id()))
                .post(Chat.members(channelId))
                .then()
                .statusCode(201);

        messages(stranger).then().statusCode(200);
        channels(stranger).then().body("data.id", equalTo(List.of(channelId)));
        channels(owner).then().body("data.find { it.id == '" + channelId + "' }.memberCount", equalTo(3));
    }

    @Test
    void aNewChannelShowsAtOnceInTheListsOfItsMembers() {
        channels(owner).then().statusCode(200);
        channels(guest).then().statusCode(200);

        String created = owner.request()
                .body(Chat.newChannel("private", Api.uniqueName(), List.of(guest.id())))
                .post(Chat.CHANNELS)
                .then()
                .statusCode(201)
                .header(INVALIDATES, "user:" + owner.id() + ":channels")
                .extract()
                .path("id");

        channels(owner).then().body("data.id", hasItem(created));
        channels(guest).then().body("data.id", hasItem(created));
    }

    @Test
    void aNewNameShowsAtOnceWhereverItsBearerWrote() {
        messages(guest).then().body("data[0].author.displayName", not(equalTo("Renamed")));
        channels(guest).then().statusCode(200);
        guest.request().get("/api/v1/users/" + owner.id()).then().statusCode(200);

        rename(owner, "Renamed").then().statusCode(200).header(INVALIDATES, "user:" + owner.id());

        messages(guest).then().body("data[0].author.displayName", equalTo("Renamed"));
        channels(guest).then().body("data[0].lastMessage.author.displayName", equalTo("Renamed"));
        guest.request().get("/api/v1/users/" + owner.id()).then().body("displayName", equalTo("Renamed"));
    }

    @Test
    void whoRegistersIsFoundAtOnceThoughTheyWereMissed() {
        String unknown = "/api/v1/users/" + Chat.UNKNOWN_ID;
        assertThat(Statements.of(404, () -> owner.request().get(unknown))).isLessThanOrEqualTo(1);
        assertThat(Statements.of(404, () -> owner.request().get(unknown))).isZero();

        Person late = Api.signUp();
        owner.request().get("/api/v1/users/" + late.id()).then().statusCode(200);
    }

    @Test
    void anArchiveShowsAtOnceInAPageThatWasRead() {
        String room = Api.uniqueName();
        importLine(room, "one");
        Person reader = Api.signUp();
        String imported = reader.request()
                .get(Chat.CHANNELS + "?visibility=public&limit=100")
                .path("data.find { it.name == '" + room + "' }.id");
        Chat.join(reader, imported);
        reader.request().get(Chat.messages(imported)).then().body("data.text", equalTo(List.of("one")));

        importLine(room, "two");

        reader.request().get(Chat.messages(imported)).then().body("data.text", equalTo(List.of("one", "two")));
    }

    private static void importLine(String room, String text) {
        String name = Api.uniqueName();
        String line = String.join("\t", room, room, "2020-01-01T00:00:00Z", name, name, Api.uniqueName(), text);
        Api.admin()
                .request()
                .contentType("text/tab-separated-values")
                .body(line + "\n")
                .post("/api/v1/admin/archives")
                .then()
                .statusCode(200)
                .body("messages", equalTo(1));
    }
}
