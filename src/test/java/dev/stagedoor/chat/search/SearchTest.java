package dev.stagedoor.chat.search;

import static dev.stagedoor.chat.search.Searches.find;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import dev.stagedoor.support.Api;
import dev.stagedoor.support.Api.Person;
import dev.stagedoor.support.Chat;
import dev.stagedoor.support.Database;
import dev.stagedoor.support.StagedoorTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@StagedoorTest
class SearchTest {

    private Person ada;
    private Person bob;
    private String channel;

    @BeforeEach
    void openChannel() {
        ada = Api.signUp();
        bob = Api.signUp();
        channel = Chat.create(ada, "private", bob);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "The curtains were rising slowly|rise",
                "The curtains were rising slowly|CURTAIN",
                "The curtains were rising slowly|urtai",
                "The curtains were rising slowly|slow rising",
                "The curtains were rising slowly|\"were rising\"",
                "See node.js or C++, is it on?|c++",
                "See node.js or C++, is it on?|node.js",
                "See node.js or C++, is it on?|is",
                "See node.js or C++, is it on?|see \"is it on?\" - C",
                "100% sure_thing \\o/|\"100% sure_\"",
                "100% sure_thing \\o/|\\o/",
                "Straßensperrung am Theater|STRASSENSPERR",
                "Éclairage prêt|éclairage",
                "Занавес поднимается|ЗАНАВЕС",
                "舞台監督が呼んでいます|監督",
                "舞台監督が呼んでいます|舞台監督",
                "무대감독이 부릅니다|감독",
                "Break a leg 🎭|🎭",
                "Plan: https://example.org/plan|has:link plan",
                "Plan: https://example.org/plan|https://example.org",
                "don't panic|don't"
            })
    void aMessageIsFoundByWhatItSays(String text, String query) {
        Chat.say(ada, channel, text);
        Chat.say(bob, channel, "Nothing of the sort");

        assertThat(find(bob, query)).containsExactly(text);
    }

    @Test
    void aPhraseGoesOnInTheNextLine() {
        Chat.say(ada, channel, "The curtains were\n rising slowly");

        assertThat(find(bob, "“WERE rising slow”")).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "curtain -rising",
                "curtain -\"were rising\"",
                "\"rising were\"",
                "curtain falling",
                "th",
                "督監",
                "curtain has:link",
                "100_",
                "-curtain"
            })
    void aMessageIsNotFoundByWhatItDoesNotSay(String query) {
        Chat.say(ada, channel, "The curtains were rising slowly, 100%, 監督");

        assertThat(find(bob, query)).isEmpty();
    }

    @Test
    void conditionsSayWhoWroteWhereAndWhen() {
        String other = Chat.create(ada, "private", bob);
        String otherName = Chat.get(ada, Chat.channel(other)).getString("name");
        Chat.say(ada, channel, "First light check");
        Chat.say(bob, channel, "Second light check");
        Chat.say(ada, other, "Third light check");
        LocalDate today = Instant.now().atZone(ZoneOffset.UTC).toLocalDate();
        String longAgo = today.minusDays(3) + "T00:00:00Z";
        Database.change("UPDATE message SET sent_at = '" + longAgo + "' WHERE channel_id = '" + channel + "'");

        assertThat(find(bob, "light from:" + ada.username().toUpperCase(Locale.ROOT)))
                .containsExactly("Third light check", "First light check");
        assertThat(find(bob, "light -from:@" + ada.username())).containsExactly("Second light check");
        assertThat(find(bob, "light in:" + channel)).containsExactly("Second light check", "First light check");
        assertThat(find(bob, "light in:#" + otherName)).containsExactly("Third light check");
        assertThat(find(bob, "light -in:" + otherName)).containsExactly("Second light check", "First light check");
        assertThat(find(bob, "light in:nowhere")).isEmpty();
        assertThat(find(bob, "light from:nobody")).isEmpty();
        assertThat(find(bob, "from:" + bob.username())).containsExactly("Second light check");
        assertThat(find(bob, "light after:" + today.minusDays(1))).hasSize(3);
        assertThat(find(bob, "light after:" + today)).isEmpty();
        assertThat(find(bob, "light before:" + today)).isEmpty();
        assertThat(find(bob, "light before:" + today.plusDays(1))).hasSize(3);
        assertThat(find(
                        bob,
                        "before:" + Instant.now().plusSeconds(60) + " after:"
                                + Instant.now().minusSeconds(600)))
                .hasSize(3);
    }

    @Test
    void whatWasLookedForIsHighlightedInASnippet() {
        String lead = "Nothing to see. ".repeat(20);
        Chat.say(ada, channel, lead + "The ﬁrst curtain 🎭 was RISING, then curtains rose. " + lead);

        JsonPath found = Searches.page(bob, "rise curtain first 🎭", Map.of());

        String snippet = found.getString("data[0].snippet");
        List<String> highlighted = new ArrayList<>();
        for (Map<String, Integer> each : found.<Map<String, Integer>>getList("data[0].highlights")) {
            highlighted.add(snippet.substring(each.get("start"), each.get("end")));
        }
        assertThat(snippet).startsWith("…").endsWith("…").hasSizeLessThanOrEqualTo(242);
        assertThat(highlighted).containsExactly("ﬁrst", "curtain", "🎭", "RISING", "curtains");
        assertThat(found.getString("data[0].channelName"))
                .isEqualTo(Chat.get(ada, Chat.channel(channel)).getString("name"));
    }

    @Test
    void pagesLeaveNothingOutAndRepeatNothing() {
        for (int i = 0; i < 25; i++) {
            Chat.say(ada, channel, "Cue number " + i);
        }

        List<String> walked = new ArrayList<>();
        String cursor = "";
        while (cursor != null) {
            Map<String, ?> more = cursor.isEmpty() ? Map.of("limit", 10) : Map.of("limit", 10, "cursor", cursor);
            JsonPath page = Searches.page(bob, "cue", more);
            walked.addAll(page.getList("data.message.text"));
            cursor = page.getString("next");
        }

        assertThat(walked)
                .hasSize(25)
                .doesNotHaveDuplicates()
                .startsWith("Cue number 24")
                .endsWith("Cue number 0");
    }

    @Test
    void aCursorOfAnotherSearchIsRefused() {
        Chat.say(ada, channel, "Cue one");
        Chat.say(ada, channel, "Cue two");
        String cursor = Searches.page(bob, "cue", Map.of("limit", 1)).getString("next");

        Searches.get(bob, "one", Map.of("cursor", cursor)).then().statusCode(400);
        Searches.get(ada, "cue", Map.of("cursor", cursor)).then().statusCode(400);
        Searches.get(bob, "cue", Map.of("cursor", "forged")).then().statusCode(400);
    }

    @Test
    void anEditIsFoundByWhatItSaysNow() {
        long seq = Chat.send(ada, channel, "Lights at seven").getLong("seq");
        assertThat(find(bob, "seven")).hasSize(1);

        ada.request()
                .body(Map.of("text", "Lights at eight"))
                .patch(Chat.messages(channel) + "/" + seq)
                .then()
                .statusCode(200);

        assertThat(find(bob, "seven")).isEmpty();
        assertThat(find(bob, "eight")).containsExactly("Lights at eight");
    }

    @Test
    void aDeletedMessageIsFoundNoMore() {
        long seq = Chat.send(ada, channel, "Lights at seven").getLong("seq");
        assertThat(find(bob, "seven")).hasSize(1);

        ada.request().delete(Chat.messages(channel) + "/" + seq).then().statusCode(204);

        assertThat(find(bob, "seven")).isEmpty();
        assertThat(find(bob, "from:" + ada.username())).isEmpty();
        assertThat(Database.query("SELECT count(*) FROM message_search WHERE channel_id = '" + channel + "'"))
                .containsExactly("0");
    }

    @Test
    void whoLeftOrWasRemovedOrNeverWasInFindsNothing() {
        Person eve = Api.signUp();
        String open = Chat.create(ada, "public", bob);
        Chat.say(ada, channel, "Lights at seven");
        Chat.say(ada, open, "Doors at seven");
        assertThat(find(bob, "seven")).hasSize(2);
        assertThat(find(eve, "seven")).isEmpty();

        ada.request().delete(Chat.members(channel) + "/" + bob.id()).then().statusCode(204);
        assertThat(find(bob, "seven")).containsExactly("Doors at seven");

        bob.request().delete(Chat.members(open) + "/me").then().statusCode(204);
        assertThat(find(bob, "seven")).isEmpty();

        Chat.join(bob, open);
        assertThat(find(bob, "seven")).containsExactly("Doors at seven");
    }

    @Test
    void whatIsAskedAgainComesFromTheCacheUntilSomethingIsSaid() {
        Chat.say(ada, channel, "Lights at seven");
        assertThat(find(bob, "seven")).hasSize(1);

        Response again = Searches.get(bob, "seven", Map.of());
        assertThat(again.header("Cache-Status")).contains("hit");

        Chat.say(ada, channel, "No, not seven");
        assertThat(find(bob, "seven")).containsExactly("No, not seven", "Lights at seven");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "\"\"",
                "?!",
                "has:wings",
                "before:yesterday",
                "after:2026-13-01",
                "after:1900-01-01",
                "before:+999999999-01-01",
                "before:10000-01-01",
                "-before:2026-01-01",
                "a b c d e f g h i j k",
                "\u0000x"
            })
    void whatCannotBeLookedForIsRefused(String query) {
        Searches.get(bob, query, Map.of()).then().statusCode(400).body("errors[0].field", equalTo("q"));
    }

    @Test
    void aSearchWithoutTextIsRefused() {
        bob.request().get(Searches.SEARCH).then().statusCode(400);
        Searches.get(bob, "x".repeat(257), Map.of()).then().statusCode(400);
        Searches.get(bob, "x", Map.of("limit", 51)).then().statusCode(400);
        Api.request().queryParam("q", "x").get(Searches.SEARCH).then().statusCode(401);
    }

    @Test
    void olderMessagesBecomeSearchable() {
        for (int i = 0; i < 3; i++) {
            Chat.say(ada, channel, "From before the search " + i);
        }
        String indexed = "SELECT text, grams FROM message_search WHERE channel_id = '" + channel + "' ORDER BY id";
        List<String> before = Database.query(indexed);
        Database.change("DELETE FROM message_search WHERE channel_id = '" + channel + "'");
        Chat.say(ada, channel, "And one from after");
        assertThat(find(bob, "search")).isEmpty();

        Database.change("INSERT INTO search_backlog VALUES ('" + channel + "', 4)");

        await().atMost(Duration.ofMinutes(1))
                .until(() -> Database.query("SELECT 1 FROM search_backlog").isEmpty());
        assertThat(find(ada, "search")).hasSize(3);
        assertThat(Database.query(indexed)).containsAll(before).hasSize(4);
    }
}
