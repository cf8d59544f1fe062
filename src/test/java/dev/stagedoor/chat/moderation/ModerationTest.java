package dev.stagedoor.chat.moderation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.nullValue;

import dev.stagedoor.support.Api;
import dev.stagedoor.support.Api.Person;
import dev.stagedoor.support.Chat;
import dev.stagedoor.support.Database;
import dev.stagedoor.support.StagedoorTest;
import dev.stagedoor.support.Together;
import io.restassured.response.Response;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@StagedoorTest
class ModerationTest extends ModeratedChannel {

    private Response delete(Person caller, String rest) {
        return caller.request().delete(path(rest));
    }

    private List<String> acts() {
        return owner.request()
                .get(path("moderation/acts"))
                .then()
                .statusCode(200)
                .extract()
                .path("data.action");
    }

    @Test
    void ownersGiveRoles() {
        changeRole(owner, member, "moderator").then().statusCode(200).body("role", equalTo("moderator"));
        changeRole(owner, member, "owner").then().statusCode(200);
        changeRole(member, owner, "member").then().statusCode(200);

        assertThat(Chat.get(owner, Chat.channel(channel)).getString("role")).isEqualTo("member");
        assertThat(Chat.get(member, Chat.channel(channel)).getString("role")).isEqualTo("owner");
        assertThat(Database.query("SELECT details ->> 'role' FROM moderation_act WHERE channel_id = '" + channel
                        + "' ORDER BY id"))
                .containsExactly("moderator", "moderator", "owner", "member");
    }

    @Test
    void aRoleGivenAgainIsNeitherPutOnRecordNorTold() {
        String told = "SELECT topic_offset FROM outbox WHERE name = 'member.updated' AND topic LIKE '%" + channel + "'";
        List<String> before = Database.query(told);
        changeRole(owner, moderator, "moderator").then().statusCode(200).body("role", equalTo("moderator"));

        assertThat(acts()).containsExactly("role_changed");
        assertThat(Database.query(told)).isEqualTo(before);
    }

    @Test
    void theLastOwnerStaysOne() {
        changeRole(owner, owner, "member").then().statusCode(409).body("type", containsString("last-owner"));
    }

    @Test
    void ofOwnersWhoDemoteEachOtherAtOnceOneStays() {
        changeRole(owner, member, "owner").then().statusCode(200);

        List<Integer> statuses = Together.run(
                2,
                i -> i == 0
                        ? changeRole(owner, member, "member").statusCode()
                        : changeRole(member, owner, "member").statusCode());

        assertThat(statuses).containsExactlyInAnyOrder(200, 403);
        assertThat(Database.query(
                        "SELECT count(*) FROM membership WHERE role = 'owner' AND channel_id = '" + channel + "'"))
                .containsExactly("1");
    }

    @Test
    void moderatorsAndMembersGiveNoRoles() {
        changeRole(moderator, member, "moderator").then().statusCode(403);
        changeRole(member, member, "owner").then().statusCode(403);
        changeRole(Api.signUp(), member, "owner").then().statusCode(403);
        changeRole(owner, Api.signUp(), "moderator").then().statusCode(404);
        put(owner, "roles/" + member.id(), Map.of("role", "king")).then().statusCode(400);
        put(owner, "roles/" + member.id(), Map.of()).then().statusCode(400).body("errors.field", hasItem("role"));
    }

    @Test
    void whoIsMutedReadsAndDoesNotWrite() {
        long seq = Chat.send(member, channel, "Before").getLong("seq");

        put(moderator, "mutes/" + member.id(), Map.of("seconds", 600, "reason", "Shouting"))
                .then()
                .statusCode(200)
                .body("reason", equalTo("Shouting"));

        say(member, "After").then().statusCode(403).body("type", containsString("muted"));
        member.request()
                .body(Map.of("text", "Edited"))
                .patch(path("messages/" + seq))
                .then()
                .statusCode(403);
        member.request().put(path("messages/" + seq + "/reactions/👍")).then().statusCode(403);
        assertThat(Chat.allMessages(member, channel)).hasSize(1);

        delete(moderator, "mutes/" + member.id()).then().statusCode(204);
        say(member, "After").then().statusCode(201);
        assertThat(acts()).containsExactly("unmuted", "muted", "role_changed");
    }

    @Test
    void leavingAndComingBackShedsNeitherMuteNorSlowMode() {
        put(moderator, "mutes/" + member.id(), Map.of("seconds", 600)).then().statusCode(200);
        delete(member, "members/me").then().statusCode(204);
        Chat.join(member, channel);
        say(member, "Free?").then().statusCode(403).body("type", containsString("muted"));

        delete(moderator, "mutes/" + member.id()).then().statusCode(204);
        settings(moderator, Map.of("slowModeSeconds", 600)).then().statusCode(200);
        say(member, "One").then().statusCode(201);
        delete(member, "members/me").then().statusCode(204);
        Chat.join(member, channel);
        say(member, "Two").then().statusCode(429);
    }

    @Test
    void nobodyUnmutesThemselves() {
        put(owner, "mutes/" + moderator.id(), Map.of("seconds", 600)).then().statusCode(200);

        delete(moderator, "mutes/" + moderator.id()).then().statusCode(403);
        delete(owner, "mutes/" + moderator.id()).then().statusCode(204);
    }

    @Test
    void aMessageThatIsSentAgainIsThereWhateverHoldsNow() {
        settings(owner, Map.of("slowModeSeconds", 600)).then().statusCode(200);
        Map<String, String> message = Map.of("text", "Once", "clientId", "c-1");
        Chat.post(member, channel, message).then().statusCode(201);

        Chat.post(member, channel, message).then().statusCode(200);
        put(owner, "mutes/" + member.id(), Map.of("seconds", 600)).then().statusCode(200);
        Chat.post(member, channel, message).then().statusCode(200);
        Chat.post(member, channel, Map.of("text", "Twice", "clientId", "c-2"))
                .then()
                .statusCode(403);
    }

    @Test
    void theLastOwnerLeavesLast() {
        delete(owner, "members/me").then().statusCode(409).body("type", containsString("last-owner"));

        delete(owner, "members/" + moderator.id()).then().statusCode(204);
        delete(owner, "members/" + member.id()).then().statusCode(204);
        delete(owner, "members/me").then().statusCode(204);
    }

    @Test
    void ofOwnersWhoLeaveAtOnceOneStays() {
        changeRole(owner, moderator, "owner").then().statusCode(200);

        List<Integer> statuses = Together.run(
                2, i -> delete(i == 0 ? owner : moderator, "members/me").statusCode());

        assertThat(statuses).containsExactlyInAnyOrder(204, 409);
    }

    @Test
    void whoIsBannedWhileTheyJoinIsOut() {
        List<Integer> statuses = Together.run(
                9,
                i -> i == 0
                        ? put(moderator, "bans/" + member.id(), Map.of()).statusCode()
                        : member.request()
                                .body("{}")
                                .post(Chat.members(channel))
                                .statusCode());

        assertThat(statuses.get(0)).isEqualTo(200);
        assertThat(Database.query("SELECT 1 FROM membership WHERE channel_id = '" + channel + "' AND user_id = '"
                        + member.id() + "'"))
                .isEmpty();
    }

    @Test
    void aMuteEndsByItself() {
        put(moderator, "mutes/" + member.id(), Map.of("seconds", 600)).then().statusCode(200);
        Database.change("UPDATE membership SET silenced_until = now() WHERE user_id = '" + member.id() + "'");

        say(member, "Free again").then().statusCode(201);
    }

    @Test
    void whoIsBannedIsOutAndDoesNotComeBack() {
        put(moderator, "bans/" + member.id(), Map.of("seconds", 600, "reason", "Spam"))
                .then()
                .statusCode(200);

        say(member, "Still here?").then().statusCode(403);
        member.request()
                .body("{}")
                .post(Chat.members(channel))
                .then()
                .statusCode(403)
                .body("type", containsString("banned"));
        owner.request()
                .body(Map.of("userId", member.id()))
                .post(Chat.members(channel))
                .then()
                .statusCode(403);
        owner.request()
                .get(path("bans"))
                .then()
                .statusCode(200)
                .body("data.userId", contains(member.id()))
                .body("data.reason", contains("Spam"));

        delete(owner, "bans/" + member.id()).then().statusCode(204);
        Chat.join(member, channel);
        delete(owner, "bans/" + member.id()).then().statusCode(404);
        assertThat(acts()).containsExactly("unbanned", "banned", "role_changed");
    }

    @Test
    void aBanEndsByItselfUnlessItIsForGood() {
        Person other = Api.signUp();
        put(moderator, "bans/" + member.id(), Map.of("seconds", 600)).then().statusCode(200);
        put(moderator, "bans/" + other.id(), Map.of()).then().statusCode(200).body("until", nullValue());
        Database.change(
                "UPDATE channel_ban SET until = now() WHERE until IS NOT NULL AND channel_id = '" + channel + "'");

        Chat.join(member, channel);

        other.request().body("{}").post(Chat.members(channel)).then().statusCode(403);
        owner.request().get(path("bans")).then().body("data.userId", contains(other.id()));
    }

    @Test
    void nobodyActsOnTheirEqualsOrBetters() {
        Person second = Api.signUp();
        Chat.join(second, channel);
        changeRole(owner, second, "moderator").then().statusCode(200);

        for (Person untouchable : List.of(second, owner, moderator)) {
            put(moderator, "mutes/" + untouchable.id(), Map.of("seconds", 1))
                    .then()
                    .statusCode(403);
            put(moderator, "bans/" + untouchable.id(), Map.of()).then().statusCode(403);
        }
        delete(moderator, "members/" + owner.id()).then().statusCode(403);
        put(owner, "mutes/" + second.id(), Map.of("seconds", 1)).then().statusCode(200);
    }

    @Test
    void moderatorsRemoveMembersAndTheirMessages() {
        long seq = Chat.send(member, channel, "BUY NOW").getLong("seq");
        long own = Chat.send(moderator, channel, "Mine").getLong("seq");

        delete(moderator, "messages/" + seq).then().statusCode(204);
        delete(moderator, "messages/" + own).then().statusCode(204);
        moderator
                .request()
                .put(path("messages/" + Chat.send(owner, channel, "Rules").getLong("seq") + "/pin"))
                .then()
                .statusCode(200);
        delete(moderator, "members/" + member.id()).then().statusCode(204);

        assertThat(acts()).containsExactly("removed", "message_deleted", "role_changed");
        owner.request()
                .get(path("moderation/acts"))
                .then()
                .body("data[1].seq", equalTo((int) seq))
                .body("data[1].userId", equalTo(member.id()))
                .body("data[1].actorId", equalTo(moderator.id()));
    }

    @Test
    void whoLeavesIsNotOnRecord() {
        delete(member, "members/me").then().statusCode(204);

        assertThat(acts()).containsExactly("role_changed");
    }

    @ParameterizedTest
    @ValueSource(strings = {"bans", "moderation", "moderation/acts", "reports"})
    void whatModeratorsSeeMembersDoNot(String list) {
        moderator.request().get(path(list)).then().statusCode(200);
        member.request().get(path(list)).then().statusCode(403);
        Api.signUp().request().get(path(list)).then().statusCode(403);
        Api.request().get(path(list)).then().statusCode(401);
    }

    @Test
    void membersDoNothingOfThis() {
        put(member, "mutes/" + moderator.id(), Map.of("seconds", 1)).then().statusCode(403);
        put(member, "bans/" + moderator.id(), Map.of()).then().statusCode(403);
        settings(member, Map.of("slowModeSeconds", 1)).then().statusCode(403);
        delete(member, "bans/" + moderator.id()).then().statusCode(403);
        put(member, "reports/" + Chat.UNKNOWN_ID, Map.of("status", "upheld"))
                .then()
                .statusCode(403);
        assertThat(acts()).containsExactly("role_changed");
    }

    @Test
    void aPrivateChannelIsHiddenFromWhoIsNotInIt() {
        channel = Chat.create(owner, "private", member);

        put(moderator, "bans/" + member.id(), Map.of()).then().statusCode(404);
        moderator.request().get(path("reports")).then().statusCode(404);
    }

    @Test
    void aChannelOfTwoHasNoModerators() {
        channel = Chat.create(owner, "direct", member);

        put(owner, "mutes/" + member.id(), Map.of("seconds", 1)).then().statusCode(403);
        settings(owner, Map.of("slowModeSeconds", 1)).then().statusCode(403);
        Chat.say(owner, channel, "Between us");
        member.request()
                .body(Map.of("reason", "spam"))
                .post(path("messages/1/reports"))
                .then()
                .statusCode(409);
    }

    @Test
    void theRecordIsPagedAndNobodyChangesIt() {
        put(moderator, "mutes/" + member.id(), Map.of("seconds", 600)).then().statusCode(200);
        delete(moderator, "mutes/" + member.id()).then().statusCode(204);

        Response page = owner.request().get(path("moderation/acts?limit=2"));

        assertThat(page.<List<String>>path("data.action")).containsExactly("unmuted", "muted");
        owner.request()
                .get(path("moderation/acts?limit=2&cursor=" + page.path("next")))
                .then()
                .body("data.action", contains("role_changed"))
                .body("next", nullValue());
        assertThatThrownBy(() -> Database.change(
                        "UPDATE moderation_act SET reason = 'other' WHERE channel_id = '" + channel + "'"))
                .hasMessageContaining("stays on record");
    }
}
