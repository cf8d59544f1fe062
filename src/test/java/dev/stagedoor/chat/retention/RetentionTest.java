package dev.stagedoor.chat.retention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import dev.stagedoor.support.Api;
import dev.stagedoor.support.Api.Person;
import dev.stagedoor.support.Chat;
import dev.stagedoor.support.Database;
import dev.stagedoor.support.StagedoorTest;
import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@StagedoorTest
class RetentionTest {

    private static final Duration PATIENCE = Duration.ofMinutes(1);

    @Inject
    Retention retention;

    private Person owner;
    private Person member;
    private String channel;

    @BeforeEach
    void openChannel() {
        owner = Api.signUp();
        member = Api.signUp();
        channel = Chat.create(owner, "private", member);
    }

    private void say(int messages) {
        for (int i = 0; i < messages; i++) {
            Chat.say(owner, channel, "Said " + i);
        }
    }

    private void keepFor(int days) {
        owner.request()
                .body(Map.of("retentionDays", days))
                .patch(Chat.channel(channel) + "/moderation")
                .then()
                .statusCode(200)
                .body("retentionDays", days == 0 ? nullValue() : equalTo(days));
    }

    /** Makes messages up to this one a week old. */
    private void age(long seq) {
        Database.change("UPDATE message SET sent_at = now() - interval '8 days' WHERE seq <= " + seq
                + " AND channel_id = '" + channel + "'");
    }

    private void forget() {
        retention.forgetOld().await().atMost(PATIENCE);
    }

    private JsonPath seenBy(Person person) {
        return Chat.get(person, Chat.channel(channel));
    }

    private List<Integer> kept() {
        return Chat.get(member, Chat.messages(channel)).getList("data.seq");
    }

    @Test
    void whatIsOlderThanAChannelKeepsIsForgottenEverywhere() {
        say(5);
        owner.request().put(Chat.messages(channel) + "/1/reactions/👍").then().statusCode(200);
        owner.request()
                .body(Map.of("text", "Edited"))
                .patch(Chat.messages(channel) + "/2")
                .then()
                .statusCode(200);
        assertThat(kept()).containsExactly(1, 2, 3, 4, 5);
        age(3);
        keepFor(7);

        forget();

        assertThat(kept()).containsExactly(4, 5);
        assertThat(seenBy(member).getInt("firstSeq")).isEqualTo(4);
        assertThat(seenBy(member).getInt("lastSeq")).isEqualTo(5);
        assertThat(seenBy(member).getInt("unread")).isEqualTo(2);
        assertThat(Chat.get(member, "/api/v1/unread").getInt("unread")).isEqualTo(2);
        assertThat(Chat.get(member, Chat.channel(channel) + "/sync").getList("data.seq"))
                .containsExactly(4, 5);
        for (String table : List.of("message_edit", "reaction")) {
            assertThat(Database.query("SELECT count(*) FROM " + table + " WHERE channel_id = '" + channel + "'"))
                    .containsExactly("0");
        }
        assertThat(Database.query("SELECT count(*) FROM message_search WHERE channel_id = '" + channel + "'"))
                .containsExactly("2");
        assertThat(Database.query("SELECT min(change) FROM channel_change WHERE channel_id = '" + channel + "'"))
                .containsExactly("4");
        member.request().get(Chat.messages(channel) + "/1").then().statusCode(404);
    }

    @Test
    void aChannelMayLoseEverythingAndGoesOnCounting() {
        say(2);
        age(2);
        keepFor(7);

        forget();

        assertThat(kept()).isEmpty();
        assertThat(seenBy(member).getInt("unread")).isZero();
        assertThat(seenBy(member).<Object>get("lastMessage")).isNull();
        assertThat(Chat.send(owner, channel, "On we go").getInt("seq")).isEqualTo(3);
        assertThat(kept()).containsExactly(3);
        assertThat(seenBy(member).getInt("unread")).isEqualTo(1);
    }

    @Test
    void aThreadOutlivesItsFirstMessage() {
        say(1);
        Chat.post(member, channel, Map.of("text", "Reply", "replyTo", 1)).then().statusCode(201);
        age(1);
        keepFor(7);

        forget();

        assertThat(Chat.get(member, Chat.messages(channel)).getInt("data[0].replyTo"))
                .isEqualTo(1);
        JsonPath missed = Chat.get(member, Chat.channel(channel) + "/sync");
        assertThat(missed.getList("data.seq")).containsExactly(2);
        assertThat(missed.<Object>get("data[0].thread")).isNull();
        owner.request().delete(Chat.messages(channel) + "/2").then().statusCode(204);
    }

    @Test
    void whatIsForgottenIsNotUnreadAgain() {
        say(3);
        age(2);
        keepFor(7);
        forget();

        member.request()
                .body(Map.of("seq", 0, "force", true))
                .put(Chat.channel(channel) + "/read")
                .then()
                .statusCode(200)
                .body("unread", equalTo(1));
    }

    @Test
    void batchesGoOnUntilAllIsForgotten() {
        Database.change(
                """
                INSERT INTO message (channel_id, seq, id, author_id, text, sent_at)
                SELECT '%1$s', n, uuid_v7(now()), '%2$s', 'Said', now() - interval '8 days' FROM generate_series(1, 2500) n
                """.formatted(channel, owner.id()),
                "UPDATE channel SET last_seq = 2500, last_change = 2500 WHERE id = '" + channel + "'");
        keepFor(7);

        forget();

        assertThat(seenBy(member).getInt("firstSeq")).isEqualTo(2501);
    }

    @Test
    void withoutRetentionEverythingStays() {
        say(2);
        age(2);
        keepFor(7);
        keepFor(0);

        forget();

        assertThat(kept()).containsExactly(1, 2);
    }

    @Test
    void onlyOwnersSayHowLong() {
        owner.request()
                .body(Map.of("role", "moderator"))
                .put(Chat.channel(channel) + "/roles/" + member.id())
                .then()
                .statusCode(200);

        for (Object days : List.of(7, 0)) {
            member.request()
                    .body(Map.of("retentionDays", days))
                    .patch(Chat.channel(channel) + "/moderation")
                    .then()
                    .statusCode(403);
        }
        for (Object days : List.of(-1, 3651, 1.5)) {
            owner.request()
                    .body(Map.of("retentionDays", days))
                    .patch(Chat.channel(channel) + "/moderation")
                    .then()
                    .statusCode(400);
        }
    }
}
