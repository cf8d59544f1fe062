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
import dev.stagedoor.support.Together;
import io.restassured.path.json.JsonPath;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@StagedoorTest
class MessagePageTest {

    private static final int WRITERS = 4;
    private static final int MESSAGES_EACH = 40;

    private static Person ada;
    private static String channelOf25;

    @BeforeEach
    void fillOneChannelForAll() {
        if (channelOf25 == null) {
            ada = Api.signUp();
            channelOf25 = Chat.create(ada, "private");
            IntStream.rangeClosed(1, 25).forEach(i -> Chat.say(ada, channelOf25, "message " + i));
        }
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "null",
            value = {
                "'',                              1, 25, null",
                "?limit=50,                        1, 25, null",
                "?limit=10,                       16, 25, 16",
                "?limit=10&before=16,              6, 15, 6",
                "?limit=10&before=6,               1,  5, null",
                "?limit=5&before=6,                1,  5, null",
                "?limit=1&before=3,                2,  2, 2",
                "?limit=10&before=1000,           16, 25, 16",
                "?limit=10&before=9223372036854775807, 16, 25, 16",
                "?limit=10&after=0,                1, 10, 10",
                "?limit=10&after=10,              11, 20, 20",
                "?limit=10&after=20,              21, 25, null",
                "?limit=10&after=15,              16, 25, null",
                "?limit=1&after=24,               25, 25, null",
                "?limit=5&around=10,               8, 12, null",
                "?limit=6&around=10,               7, 12, null",
                "?limit=1&around=10,              10, 10, null",
                "?limit=5&around=1,                1,  5, null",
                "?limit=5&around=2,                1,  5, null",
                "?limit=5&around=25,              23, 25, null",
                "?limit=50&around=13,              1, 25, null"
            })
    void aPageIsContiguousAndOldestFirst(String query, int first, int last, String next) {
        JsonPath page = Chat.get(ada, Chat.messages(channelOf25) + query);

        assertThat(page.getList("data.seq"))
                .isEqualTo(IntStream.rangeClosed(first, last).boxed().toList());
        assertThat(page.getString("data[0].text")).isEqualTo("message " + first);
        assertThat(page.getString("next")).isEqualTo(next);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "?before=1",
                "?after=25",
                "?after=9223372036854775807",
                "?around=1000",
                "?around=9223372036854775807",
                "?around=9223372036854775807&limit=1"
            })
    void beyondTheEndsThereIsNothing(String query) {
        ada.request()
                .get(Chat.messages(channelOf25) + query)
                .then()
                .statusCode(200)
                .body("data", hasSize(0))
                .body("next", nullValue());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "?before=7", "?after=0", "?around=1"})
    void anEmptyChannelHasAnEmptyPage(String query) {
        String id = Chat.create(ada, "private");

        ada.request()
                .get(Chat.messages(id) + query)
                .then()
                .statusCode(200)
                .body("data", hasSize(0))
                .body("next", nullValue());
    }

    @ParameterizedTest
    @CsvSource({
        "?limit=0,               limit",
        "?limit=51,              limit",
        "?limit=-1,              limit",
        "?limit=abc,             limit",
        "?before=0,              before",
        "?before=-1,             before",
        "?before=abc,            before",
        "?before=99999999999999999999, before",
        "?after=-1,              after",
        "?after=1.5,             after",
        "?around=0,              around",
        "?around=-7,             around",
        "?before=5&after=5,      before",
        "?before=5&around=5,     before",
        "?after=5&around=5,      before",
        "?before=1&after=1&around=1, before"
    })
    void anImpossiblePageIsRefusedByTheNameOfItsParameter(String query, String field) {
        ada.request()
                .get(Chat.messages(channelOf25) + query)
                .then()
                .statusCode(400)
                .body("type", equalTo("urn:stagedoor:problem:invalid-request"))
                .body("errors.field", hasItem(field));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 25})
    void walkingBackGivesEveryMessageOnce(int limit) {
        List<Integer> walked = new ArrayList<>();
        String before = "";
        while (before != null) {
            JsonPath page = Chat.get(ada, Chat.messages(channelOf25) + "?limit=" + limit + before);
            walked.addAll(0, page.getList("data.seq"));
            String next = page.getString("next");
            before = next == null ? null : "&before=" + next;
        }

        assertThat(walked).isEqualTo(IntStream.rangeClosed(1, 25).boxed().toList());
    }

    @Test
    void whoHasThePageGetsNoBodyUntilItChanges() {
        String id = Chat.create(ada, "private");
        Chat.say(ada, id, "one");
        String tag = ada.request().get(Chat.messages(id)).header("ETag");

        ada.request().header("If-None-Match", tag).get(Chat.messages(id)).then().statusCode(304);
        Chat.say(ada, id, "two");
        ada.request()
                .header("If-None-Match", tag)
                .get(Chat.messages(id))
                .then()
                .statusCode(200)
                .body("data.text", equalTo(List.of("one", "two")));
    }

    @Test
    void readersMissNothingAndSeeNothingTwiceWhileOthersWrite() {
        Person reader = Api.signUp();
        List<Person> writers = Together.run(WRITERS, i -> Api.signUp());
        String id = Chat.create(reader, "private", writers.toArray(Person[]::new));
        AtomicInteger writing = new AtomicInteger(WRITERS);

        List<List<Integer>> seen = Together.run(WRITERS + 2, i -> {
            if (i == WRITERS) {
                return follow(reader, id, writing);
            }
            return i > WRITERS ? walkBackAgainAndAgain(reader, id, writing) : write(writers.get(i), id, writing);
        });

        List<Integer> all =
                IntStream.rangeClosed(1, WRITERS * MESSAGES_EACH).boxed().toList();
        assertThat(seen.get(WRITERS)).isEqualTo(all);
        assertThat(seen.get(WRITERS + 1)).isEqualTo(all);
    }

    private static List<Integer> write(Person writer, String channelId, AtomicInteger writing) {
        try {
            return IntStream.range(0, MESSAGES_EACH)
                    .mapToObj(i -> Chat.send(writer, channelId, "message " + i).getInt("seq"))
                    .toList();
        } finally {
            writing.decrementAndGet();
        }
    }

    /** What a reader sees who always asks for what came after the last one. */
    private static List<Integer> follow(Person reader, String channelId, AtomicInteger writing) {
        List<Integer> seen = new ArrayList<>();
        boolean last;
        do {
            last = writing.get() == 0;
            int after = seen.isEmpty() ? 0 : seen.get(seen.size() - 1);
            seen.addAll(Chat.get(reader, Chat.messages(channelId) + "?limit=7&after=" + after)
                    .getList("data.seq"));
            last &= seen.isEmpty() || seen.get(seen.size() - 1) == after;
        } while (!last);
        return seen;
    }

    /** What the last of many walks from the newest to the oldest saw; each must be whole. */
    private static List<Integer> walkBackAgainAndAgain(Person reader, String channelId, AtomicInteger writing) {
        List<Integer> walked = new ArrayList<>();
        boolean last;
        do {
            last = writing.get() == 0;
            walked.clear();
            String before = "";
            while (before != null) {
                JsonPath page = Chat.get(reader, Chat.messages(channelId) + "?limit=9" + before);
                walked.addAll(0, page.getList("data.seq"));
                String next = page.getString("next");
                before = next == null ? null : "&before=" + next;
            }
            assertThat(walked)
                    .isEqualTo(IntStream.rangeClosed(1, walked.size()).boxed().toList());
        } while (!last);
        return walked;
    }
}
