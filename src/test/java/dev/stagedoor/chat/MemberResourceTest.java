package dev.stagedoor.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;

import dev.stagedoor.support.Api;
import dev.stagedoor.support.Api.Person;
import dev.stagedoor.support.Chat;
import dev.stagedoor.support.Database;
import dev.stagedoor.support.StagedoorTest;
import dev.stagedoor.support.Together;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

@StagedoorTest
class MemberResourceTest {

    @Test
    void anyoneJoinsAPublicChannelOnceHoweverOftenTheyAsk() {
        Person owner = Api.signUp();
        Person guest = Api.signUp();
        String channelId = Chat.create(owner, "public");

        String joinedAt = guest.request()
                .body("{}")
                .post(Chat.members(channelId))
                .then()
                .statusCode(201)
                .header("Location", endsWith(Chat.members(channelId) + "/" + guest.id()))
                .body("channelId", equalTo(channelId))
                .body("userId", equalTo(guest.id()))
                .body("role", equalTo("member"))
                .body("joinedAt", notNullValue())
                .extract()
                .path("joinedAt");

        guest.request()
                .body(Map.of("userId", guest.id()))
                .post(Chat.members(channelId))
                .then()
                .statusCode(200)
                .body("role", equalTo("member"))
                .body("joinedAt", equalTo(joinedAt));
        assertThat(Chat.get(guest, Chat.channel(channelId)).getInt("memberCount"))
                .isEqualTo(2);
    }

    @Test
    void joiningNeedsNoBody() {
        String channelId = Chat.create(Api.signUp(), "public");

        Api.signUp().request().post(Chat.members(channelId)).then().statusCode(201);
    }

    @Test
    void joiningManyTimesAtOnceIsJoiningOnce() {
        Person guest = Api.signUp();
        String channelId = Chat.create(Api.signUp(), "public");

        List<Integer> statuses = Together.run(
                8, i -> guest.request().body("{}").post(Chat.members(channelId)).statusCode());

        assertThat(statuses).filteredOn(status -> status == 201).hasSize(1);
        assertThat(statuses).containsOnly(200, 201);
        assertThat(Chat.get(guest, Chat.channel(channelId)).getInt("memberCount"))
                .isEqualTo(2);
    }

    @Test
    void anOwnerWhoJoinsAgainStaysOwner() {
        Person owner = Api.signUp();
        String channelId = Chat.create(owner, "public");

        owner.request()
                .body("{}")
                .post(Chat.members(channelId))
                .then()
                .statusCode(200)
                .body("role", equalTo("owner"));
    }

    @Test
    void onlyAnOwnerBringsSomeoneIntoAPrivateChannel() {
        Person owner = Api.signUp();
        Person member = Api.signUp();
        Person stranger = Api.signUp();
        String channelId = Chat.create(owner, "private", member);
        Map<String, String> adding = Map.of("userId", stranger.id());

        stranger.request().body("{}").post(Chat.members(channelId)).then().statusCode(404);
        stranger.request().body(adding).post(Chat.members(channelId)).then().statusCode(404);
        member.request().body(adding).post(Chat.members(channelId)).then().statusCode(403);
        stranger.request().get(Chat.channel(channelId)).then().statusCode(404);

        owner.request().body(adding).post(Chat.members(channelId)).then().statusCode(201);
        owner.request().body(adding).post(Chat.members(channelId)).then().statusCode(200);
        stranger.request().get(Chat.channel(channelId)).then().statusCode(200).body("memberCount", equalTo(3));
    }

    @Test
    void onlyAnOwnerAddsOthersToAPublicChannel() {
        Person owner = Api.signUp();
        Person member = Api.signUp();
        Person other = Api.signUp();
        String channelId = Chat.create(owner, "public", member);
        Map<String, String> adding = Map.of("userId", other.id());

        member.request().body(adding).post(Chat.members(channelId)).then().statusCode(403);
        other.request()
                .body(Map.of("userId", member.id()))
                .post(Chat.members(channelId))
                .then()
                .statusCode(403);
        owner.request().body(adding).post(Chat.members(channelId)).then().statusCode(201);
    }

    @Test
    void anOwnerRemovesOthersAndAMemberDoesNot() {
        Person owner = Api.signUp();
        Person one = Api.signUp();
        Person two = Api.signUp();
        String channelId = Chat.create(owner, "private", one, two);

        one.request().delete(Chat.members(channelId) + "/" + two.id()).then().statusCode(403);
        one.request().delete(Chat.members(channelId) + "/" + owner.id()).then().statusCode(403);
        two.request().get(Chat.messages(channelId)).then().statusCode(200);

        owner.request().delete(Chat.members(channelId) + "/" + two.id()).then().statusCode(204);
        two.request().get(Chat.messages(channelId)).then().statusCode(404);
        owner.request().delete(Chat.members(channelId) + "/" + two.id()).then().statusCode(404);
        assertThat(Chat.get(owner, Chat.channel(channelId)).getInt("memberCount"))
                .isEqualTo(2);
        assertThat(Database.query("SELECT name FROM outbox WHERE topic = 'private-channel-" + channelId
                        + "' ORDER BY topic_offset"))
                .as("who is cut off has heard why")
                .containsExactly("member.removed", "pusher_internal:access_revoked");
    }

    @Test
    void aMemberLeavesOnceAsMeOrByTheirId() {
        Person guest = Api.signUp();
        String channelId = Chat.create(Api.signUp(), "public");

        Chat.join(guest, channelId);
        guest.request().delete(Chat.members(channelId) + "/me").then().statusCode(204);
        guest.request().delete(Chat.members(channelId) + "/me").then().statusCode(404);

        Chat.join(guest, channelId);
        guest.request()
                .delete(Chat.members(channelId) + "/" + guest.id())
                .then()
                .statusCode(204);
        guest.request()
                .delete(Chat.members(channelId) + "/" + guest.id())
                .then()
                .statusCode(404);
    }

    @Test
    void leavingManyTimesAtOnceIsLeavingOnce() {
        Person guest = Api.signUp();
        String channelId = Chat.create(Api.signUp(), "public", guest);

        List<Integer> statuses = Together.run(
                8, i -> guest.request().delete(Chat.members(channelId) + "/me").statusCode());

        assertThat(statuses).filteredOn(status -> status == 204).hasSize(1);
        assertThat(statuses).containsOnly(204, 404);
        assertThat(Chat.get(guest, Chat.channel(channelId)).getInt("memberCount"))
                .isEqualTo(1);
    }

    @Test
    void whoLeftNeitherReadsNorWritesNorHasTheChannelInTheirList() {
        Person owner = Api.signUp();
        Person guest = Api.signUp();
        String channelId = Chat.create(owner, "public", guest);
        Chat.say(guest, channelId, "I am here");

        guest.request().delete(Chat.members(channelId) + "/me").then().statusCode(204);

        guest.request().get(Chat.messages(channelId)).then().statusCode(403);
        Chat.post(guest, channelId, Map.of("text", "am I?")).then().statusCode(403);
        guest.request().get(Chat.CHANNELS).then().statusCode(200).body("data.id", not(hasItem(channelId)));
        assertThat(Chat.allMessages(owner, channelId))
                .extracting(message -> message.get("text"))
                .containsExactly("I am here");
    }

    @Test
    void whoLeftAPrivateChannelNoLongerKnowsOfIt() {
        Person guest = Api.signUp();
        String channelId = Chat.create(Api.signUp(), "private", guest);

        guest.request().delete(Chat.members(channelId) + "/me").then().statusCode(204);

        guest.request().get(Chat.channel(channelId)).then().statusCode(404);
        guest.request().get(Chat.messages(channelId)).then().statusCode(404);
        Chat.post(guest, channelId, Map.of("text", "hello?")).then().statusCode(404);
        guest.request().body("{}").post(Chat.members(channelId)).then().statusCode(404);
        guest.request().delete(Chat.members(channelId) + "/me").then().statusCode(404);
        guest.request().get(Chat.CHANNELS).then().statusCode(200).body("data", empty());
    }

    @Test
    void aDirectChannelKeepsItsTwoMembers() {
        Person ada = Api.signUp();
        Person bob = Api.signUp();
        Person eve = Api.signUp();
        String channelId = Chat.create(ada, "direct", bob);

        ada.request()
                .body(Map.of("userId", eve.id()))
                .post(Chat.members(channelId))
                .then()
                .statusCode(409)
                .body("type", equalTo("urn:stagedoor:problem:direct-channel-is-for-two"));
        bob.request().delete(Chat.members(channelId) + "/me").then().statusCode(409);
        ada.request().delete(Chat.members(channelId) + "/" + bob.id()).then().statusCode(409);
        eve.request().body("{}").post(Chat.members(channelId)).then().statusCode(404);
        assertThat(Chat.get(bob, Chat.channel(channelId)).getInt("memberCount")).isEqualTo(2);
    }

    @Test
    void anUnknownOrUnreadableUserIdIsRefusedByName() {
        Person owner = Api.signUp();
        String channelId = Chat.create(owner, "public");

        for (String userId : List.of(Chat.UNKNOWN_ID, "nobody")) {
            owner.request()
                    .body(Map.of("userId", userId))
                    .post(Chat.members(channelId))
                    .then()
                    .statusCode(400)
                    .body("errors.field", hasItem("userId"));
            owner.request()
                    .delete(Chat.members(channelId) + "/" + userId)
                    .then()
                    .statusCode(404);
        }
    }

    @Test
    void strangersAndUnknownChannelsAreNotFound() {
        Person stranger = Api.signUp();
        Person owner = Api.signUp();
        String hidden = Chat.create(owner, "private");

        for (String channelId : List.of(hidden, Chat.UNKNOWN_ID, "garbage")) {
            stranger.request().body("{}").post(Chat.members(channelId)).then().statusCode(404);
            stranger.request()
                    .delete(Chat.members(channelId) + "/" + owner.id())
                    .then()
                    .statusCode(404);
        }
    }

    @Test
    void nobodyJoinsOrLeavesWithoutCredentials() {
        String channelId = Chat.create(Api.signUp(), "public");

        Api.request().body("{}").post(Chat.members(channelId)).then().statusCode(401);
        Api.request().delete(Chat.members(channelId) + "/me").then().statusCode(401);
    }
}
