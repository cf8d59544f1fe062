package dev.stagedoor.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;

import dev.stagedoor.support.Api;
import dev.stagedoor.support.Api.Person;
import dev.stagedoor.support.Chat;
import dev.stagedoor.support.StagedoorTest;
import io.restassured.path.json.JsonPath;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@StagedoorTest
class ChannelListTest {

    @Test
    void mineAreListedMostRecentlyActiveFirstWithTheirLastMessage() {
        Person ada = Api.signUp();
        Person bob = Api.signUp();
        String quiet = Chat.create(ada, "public");
        String direct = Chat.create(ada, "direct", bob);
        String busy = Chat.create(bob, "private", ada);
        assertThat(ids(ada)).containsExactly(busy, direct, quiet);

        Chat.say(ada, quiet, "one");
        Chat.say(bob, direct, "two");
        JsonPath last = Chat.send(ada, quiet, "three");

        assertThat(ids(ada)).containsExactly(quiet, direct, busy);
        assertThat(ids(bob)).containsExactly(direct, busy);
        JsonPath list = Chat.get(ada, Chat.CHANNELS);
        assertThat(list.getMap("data[0].lastMessage")).isEqualTo(last.getMap(""));
        assertThat(list.getString("data[1].lastMessage.text")).isEqualTo("two");
        assertThat(list.getString("data[1].lastMessage.author.username")).isEqualTo(bob.username());
        assertThat(list.getMap("data[2].lastMessage")).isNull();
        assertThat(list.getString("next")).isNull();
    }

    private static List<String> ids(Person person) {
        return Chat.get(person, Chat.CHANNELS).getList("data.id");
    }

    @Test
    void whoIsInNoChannelHasAnEmptyList() {
        Api.signUp()
                .request()
                .get(Chat.CHANNELS)
                .then()
                .statusCode(200)
                .body("data", hasSize(0))
                .body("next", nullValue());
    }

    @Test
    void thePublicListHasWhatMayBeJoinedAndNothingElse() {
        Person ada = Api.signUp();
        String open = Chat.create(ada, "public");
        String closed = Chat.create(ada, "private");
        String direct = Chat.create(ada, "direct", Api.signUp());

        for (Person person : List.of(ada, Api.signUp())) {
            List<Map<String, Object>> channels = Chat.allChannels(person, "&visibility=public", 100);
            assertThat(channels)
                    .extracting(channel -> channel.get("id"))
                    .contains(open)
                    .doesNotContain(closed, direct)
                    .doesNotHaveDuplicates();
            assertThat(channels)
                    .extracting(channel -> channel.get("visibility"))
                    .containsOnly("public");
        }
    }

    @Test
    void aWalkSeesEveryQuietChannelOnceWhileOthersPost() {
        Person ada = Api.signUp();
        List<String> ids = IntStream.range(0, 23)
                .mapToObj(i -> Chat.create(ada, "private"))
                .toList();
        List<String> walked = new ArrayList<>();
        String cursor = "";
        while (cursor != null) {
            JsonPath page = Chat.get(ada, Chat.CHANNELS + "?limit=5" + cursor);
            walked.addAll(page.getList("data.id"));
            // What was listed moves to the front, over and over.
            walked.subList(0, 3).forEach(id -> Chat.say(ada, id, "hello"));
            String next = page.getString("next");
            cursor = next == null ? null : "&cursor=" + next;
        }

        assertThat(walked).doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(ids);
    }

    @Test
    void pagesOfAnySizeGiveTheSameList() {
        Person ada = Api.signUp();
        IntStream.range(0, 7)
                .forEach(i -> assertThat(Chat.create(ada, "private")).isNotEmpty());
        List<Map<String, Object>> whole = Chat.allChannels(ada, "", 100);

        assertThat(whole).hasSize(7);
        for (int limit : List.of(1, 3, 6, 7)) {
            assertThat(Chat.allChannels(ada, "", limit)).isEqualTo(whole);
        }
    }

    @Test
    void aPageThatEndsTheListHasNoNext() {
        Person ada = Api.signUp();
        String id = Chat.create(ada, "private");

        ada.request()
                .get(Chat.CHANNELS + "?limit=1")
                .then()
                .statusCode(200)
                .body("data.id", equalTo(List.of(id)))
                .body("next", nullValue());
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "101", "-1", "abc", "1.5", "99999999999"})
    void aLimitOutOfRangeIsRefused(String limit) {
        Api.admin()
                .request()
                .queryParam("limit", limit)
                .get(Chat.CHANNELS)
                .then()
                .statusCode(400)
                .body("errors.field", hasItem("limit"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "AAAA", "%%%", "bm90IGEgY3Vyc29yIG9mIHRoaXMgbGlzdA"})
    void whatIsNoCursorIsRefused(String cursor) {
        Api.admin()
                .request()
                .queryParam("cursor", cursor)
                .get(Chat.CHANNELS)
                .then()
                .statusCode(400)
                .body("errors.field", hasItem("cursor"));
    }

    @Test
    void aCursorCountsForItsOwnListOnly() {
        Person ada = Api.signUp();
        Person bob = Api.signUp();
        String first = Chat.create(ada, "private", bob);
        String second = Chat.create(ada, "private", bob);
        assertThat(first).isNotEqualTo(second);
        String cursor = Chat.get(ada, Chat.CHANNELS + "?limit=1").getString("next");
        String forged = (cursor.startsWith("A") ? "B" : "A") + cursor.substring(1);

        ada.request().get(Chat.CHANNELS + "?cursor=" + cursor).then().statusCode(200);
        bob.request().get(Chat.CHANNELS + "?cursor=" + cursor).then().statusCode(400);
        ada.request().get(Chat.CHANNELS + "?cursor=" + forged).then().statusCode(400);
        ada.request()
                .get(Chat.CHANNELS + "?visibility=public&cursor=" + cursor)
                .then()
                .statusCode(400);
    }

    @ParameterizedTest
    @ValueSource(strings = {"private", "direct", "PUBLIC"})
    void onlyThePublicListCanBeAskedFor(String visibility) {
        Api.admin()
                .request()
                .queryParam("visibility", visibility)
                .get(Chat.CHANNELS)
                .then()
                .statusCode(400)
                .body("errors.field", hasItem("visibility"));
    }

    @Test
    void whoKnowsTheListAsItIsGetsNoBodyUntilItChanges() {
        Person ada = Api.signUp();
        String id = Chat.create(ada, "private");
        String tag = ada.request().get(Chat.CHANNELS).header("ETag");

        ada.request().header("If-None-Match", tag).get(Chat.CHANNELS).then().statusCode(304);
        Chat.say(ada, id, "news");
        ada.request().header("If-None-Match", tag).get(Chat.CHANNELS).then().statusCode(200);
    }

    @Test
    void whoIsInNoneOfThemWalksThePublicChannelsToo() {
        Person owner = Api.signUp();
        String first = Chat.create(owner, "public");
        String second = Chat.create(owner, "public");

        assertThat(Chat.allChannels(Api.signUp(), "&visibility=public", 1).stream()
                        .limit(50))
                .extracting(channel -> channel.get("id"))
                .contains(first, second);
    }
}
