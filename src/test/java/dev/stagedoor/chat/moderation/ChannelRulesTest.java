package dev.stagedoor.chat.moderation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;

import dev.stagedoor.support.Chat;
import dev.stagedoor.support.Database;
import dev.stagedoor.support.StagedoorTest;
import dev.stagedoor.support.Together;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What moderators ask of all who write in a channel. */
@StagedoorTest
class ChannelRulesTest extends ModeratedChannel {

    @Test
    void slowModePartsTheMessagesOfMembers() {
        settings(moderator, Map.of("slowModeSeconds", 60))
                .then()
                .statusCode(200)
                .body("slowModeSeconds", equalTo(60));

        say(member, "One").then().statusCode(201);
        String retryAfter = say(member, "Two").then().statusCode(429).extract().header("Retry-After");
        say(moderator, "One").then().statusCode(201);
        say(moderator, "Two").then().statusCode(201);
        assertThat(Integer.parseInt(retryAfter)).isBetween(1, 60);

        Database.change("UPDATE membership SET last_sent_at = last_sent_at - interval '1 minute' WHERE user_id = '"
                + member.id() + "'");
        say(member, "Two").then().statusCode(201);
        settings(moderator, Map.of("slowModeSeconds", 0)).then().statusCode(200);
        say(member, "Three").then().statusCode(201);
    }

    @Test
    void ofMessagesAtOnceSlowModeLetsOneThrough() {
        settings(owner, Map.of("slowModeSeconds", 60)).then().statusCode(200);

        List<Integer> statuses = Together.run(8, i -> say(member, "Me " + i).statusCode());

        assertThat(statuses).filteredOn(status -> status == 201).hasSize(1);
        assertThat(statuses).filteredOn(status -> status == 429).hasSize(7);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"Ｓｐｏｉｌｅｒ|It is a SPOILER!", "buy now|Buy... now", "監督|舞台監督が", "straße|Die STRASSE"})
    void whatTheChannelDoesNotAllowIsNotSaid(String word, String text) {
        settings(moderator, Map.of("blockedWords", List.of("other", word)))
                .then()
                .statusCode(200);
        long seq = Chat.send(member, channel, "Nothing").getLong("seq");

        say(member, text).then().statusCode(400).body("errors[0].field", equalTo("text"));
        say(owner, text).then().statusCode(400);
        member.request()
                .body(Map.of("text", text))
                .patch(path("messages/" + seq))
                .then()
                .statusCode(400)
                .body("errors[0].field", equalTo("text"));

        settings(moderator, Map.of("blockedWords", List.of())).then().statusCode(200);
        say(member, text).then().statusCode(201);
    }

    @Test
    void settingsThatAreAbsentStay() {
        settings(owner, Map.of("slowModeSeconds", 5, "blockedWords", List.of("Spoiler", "SPOILER", "buy  now")))
                .then()
                .statusCode(200);
        settings(owner, Map.of("slowModeSeconds", 10)).then().statusCode(200);

        moderator
                .request()
                .get(path("moderation"))
                .then()
                .statusCode(200)
                .body("slowModeSeconds", equalTo(10))
                .body("blockedWords", contains("spoiler", "buy now"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "slowModeSeconds|-1",
                "slowModeSeconds|21601",
                "blockedWords|[\"?!\"]",
                "blockedWords|[\"\"]",
                "blockedWords|[null]",
                "blockedWords|\"word\""
            })
    void settingsThatCannotBeAreRefused(String field, String value) {
        owner.request()
                .body("{\"" + field + "\":" + value + "}")
                .patch(path("moderation"))
                .then()
                .statusCode(400);

        owner.request().get(path("moderation")).then().body("blockedWords", empty());
    }
}
