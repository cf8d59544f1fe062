package dev.stagedoor.livestream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;

import dev.stagedoor.support.Api;
import dev.stagedoor.support.Api.Person;
import dev.stagedoor.support.Database;
import dev.stagedoor.support.Pages;
import dev.stagedoor.support.Plans;
import dev.stagedoor.support.StagedoorTest;
import dev.stagedoor.support.Streams;
import dev.stagedoor.support.Together;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@StagedoorTest
class LiveStreamListTest {

    private static final int LIVE = 10_000;

    @Test
    void streamsAreListedByEveryFilter() {
        Person ada = Api.signUp();
        String category = Api.uniqueName();
        String german = Streams.create(ada, Map.of("title", "a", "category", category, "language", "de"));
        String english = Streams.create(ada, Map.of("title", "b", "category", category, "language", "en"));
        String other = Streams.create(Api.signUp(), Map.of("title", "c", "category", category, "language", "en"));
        Streams.start(ada, english);
        Streams.start(ada, german);

        assertThat(Streams.walk(ada, "&category=" + category, 2)).containsExactly(other, english, german);
        assertThat(Streams.walk(ada, "&category=" + category + "&live=true", 1)).containsExactly(german, english);
        assertThat(Streams.walk(ada, "&category=" + category + "&live=false", 1))
                .containsExactly(other);
        assertThat(Streams.walk(ada, "&category=" + category + "&language=EN", 1))
                .containsExactly(other, english);
        assertThat(Streams.walk(ada, "&owner=" + ada.id(), 1)).containsExactly(english, german);
        assertThat(Streams.walk(ada, "&owner=" + ada.id() + "&language=de&live=true&category=" + category, 1))
                .containsExactly(german);
        assertThat(Streams.walk(ada, "&category=none-" + category, 1)).isEmpty();
        Streams.end(ada, german);
        assertThat(Streams.walk(ada, "&category=" + category + "&live=true", 1)).containsExactly(english);
    }

    @Test
    void aListShowsWhatAStreamShows() {
        Person ada = Api.signUp();
        String id = Streams.create(ada);

        Map<String, Object> listed = ada.request()
                .get(Streams.STREAMS + "?owner=" + ada.id())
                .jsonPath()
                .getMap("data[0]");

        assertThat(listed)
                .isEqualTo(ada.request().get(Streams.stream(id)).jsonPath().getMap(""));
    }

    /** Streams that start appear before the first page, those that end vanish; nothing else moves. */
    @Test
    void aWalkShowsWhatStaysLiveExactlyOnceWhileOthersStartAndEnd() {
        Person ada = Api.signUp();
        String mark = Api.uniqueName();
        Set<String> staying = new HashSet<>(insertLive(ada, mark));
        List<String> ending = IntStream.range(0, 40).mapToObj(i -> started(ada)).toList();
        AtomicBoolean walking = new AtomicBoolean(true);

        List<List<String>> results = Together.run(3, i -> switch (i) {
            case 0 -> walk(ada, walking);
            case 1 -> startOthers(ada, walking);
            default -> endOthers(ada, ending, walking);
        });

        List<String> walked = results.get(0);
        assertThat(walked).doesNotHaveDuplicates();
        assertThat(walked.stream().filter(staying::contains)).hasSize(LIVE);
        assertThat(results.get(1)).isNotEmpty();
        assertThat(results.get(2)).isNotEmpty();
        Database.change("DELETE FROM live_stream WHERE category = '" + mark + "'");
    }

    private static List<String> walk(Person reader, AtomicBoolean walking) {
        try {
            return Pages.ids(reader::unchecked, Streams.STREAMS + "?live=true&limit=100");
        } finally {
            walking.set(false);
        }
    }

    private static List<String> startOthers(Person owner, AtomicBoolean walking) {
        List<String> started = new ArrayList<>();
        do {
            started.add(started(owner));
        } while (walking.get());
        return started;
    }

    private static List<String> endOthers(Person owner, List<String> live, AtomicBoolean walking) {
        List<String> ended = new ArrayList<>();
        do {
            Streams.end(owner, live.get(ended.size()));
            ended.add(live.get(ended.size()));
        } while (walking.get() && ended.size() < live.size());
        return ended;
    }

    private static String started(Person owner) {
        String id = Streams.create(owner);
        Streams.start(owner, id);
        return id;
    }

    /** Many of them at the same moment, as the sort key alone would not tell them apart. */
    private static List<String> insertLive(Person owner, String category) {
        return Database.query(
                """
                INSERT INTO live_stream (id, owner_id, title, category, created_at, started_at)
                SELECT uuid_v7(now()), '%s', 'Stream ' || n, '%s', now(), now() - interval '1 second' * (n / 50)
                FROM generate_series(1, %d) n
                """.formatted(owner.id(), category, LIVE),
                """
                INSERT INTO stream_participant (id, stream_id, user_id, role, state, owner)
                SELECT uuid_v7(now()), id, owner_id, 'host', 'backstage', true
                FROM live_stream WHERE category = '%s'
                """.formatted(category),
                "SELECT id FROM live_stream WHERE category = '" + category + "'");
    }

    /** With plans made once for all parameters, as the pool's statements have them after some executions. */
    @ParameterizedTest
    @CsvSource({
        "true,  false, false, false, live_stream_live_idx",
        "true,  true,  false, false, live_stream_live_category_idx",
        "true,  false, true,  false, live_stream_live_language_idx",
        "    ,  false, false, false, live_stream_created_idx",
        "    ,  true,  false, false, live_stream_category_idx",
        "    ,  false, true,  false, live_stream_language_idx",
        "    ,  false, false, true,  live_stream_owner_idx"
    })
    void everyListHasAnIndex(Boolean live, boolean category, boolean language, boolean owner, String index) {
        LiveStreamFilter filter = new LiveStreamFilter(
                live, category ? "theatre" : null, language ? "en" : null, owner ? new UUID(0, 0) : null);
        String more = category || language ? ", 'en'" : owner ? ", '00000000-0000-0000-0000-000000000000'" : "";

        String plan = Plans.run(List.of(
                // So many that each index is worth its while: owners that there are not need no foreign keys.
                "SET LOCAL session_replication_role = replica",
                """
                INSERT INTO live_stream (id, owner_id, title, category, language, created_at, started_at)
                SELECT uuid_v7(now()), uuid_v7(now()), 'Stream', 'c' || n % 500, 'l' || n % 500, now(),
                       CASE WHEN n % 2 = 0 THEN now() END
                FROM generate_series(1, 4000) n
                """,
                "ANALYZE live_stream",
                "SET LOCAL enable_seqscan = off",
                "SET LOCAL enable_sort = off",
                "SET LOCAL plan_cache_mode = force_generic_plan",
                "PREPARE page AS " + LiveStreamQueries.pageStatement(filter),
                "EXPLAIN EXECUTE page(now(), 'ffffffff-ffff-ffff-ffff-ffffffffffff', 51" + more + ")"));

        assertThat(plan).contains("using " + index + " ");
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '`', delimiter = '|', textBlock = """
            live     | yes
            live     | TRUE
            category | a%00b
            language | english language
            language | en_GB
            owner    | ada
            owner    | 1-1-1-1-1
            owner    | 0199b2d4-7c7e-7a52-9d0a-0f6f6d1a2b3c0199b2d4
            limit    | 0
            limit    | 101
            limit    | x
            cursor   | x
            cursor   | %00
            cursor   | bm90IGEgY3Vyc29yIG9mIHRoaXMgbGlzdA
            """)
    void anImpossibleListIsRefusedByTheNameOfItsParameter(String parameter, String value) {
        Api.admin()
                .request()
                .urlEncodingEnabled(false)
                .get(Streams.STREAMS + "?" + parameter + "=" + value.replace(" ", "%20"))
                .then()
                .statusCode(400)
                .body("errors.field", hasItem(parameter));
    }

    @Test
    void anEmptyParameterIsNone() {
        Person ada = Api.signUp();
        String id = Streams.create(ada);

        assertThat(Streams.walk(ada, "&owner=" + ada.id() + "&live=&category=&language=&cursor=", 1))
                .containsExactly(id);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "&live=true", "&live=false", "&category=a", "&language=de"})
    void aCursorCountsForItsOwnListOnly(String query) {
        Person ada = Api.signUp();
        assertThat(Streams.create(ada)).isNotEqualTo(Streams.create(ada));
        String cursor = ada.request()
                .get(Streams.STREAMS + "?limit=1&owner=" + ada.id())
                .path("next");

        ada.request()
                .get(Streams.STREAMS + "?owner=" + ada.id() + "&cursor=" + cursor)
                .then()
                .statusCode(200);
        ada.request()
                .get(Streams.STREAMS + "?cursor=" + cursor + query)
                .then()
                .statusCode(400)
                .body("errors.field", equalTo(List.of("cursor")));
    }

    @Test
    void whoKnowsTheListAsItIsGetsNoBodyUntilItChanges() {
        Person ada = Api.signUp();
        String id = Streams.create(ada);
        String list = Streams.STREAMS + "?owner=" + ada.id();
        String tag = Streams.tag(ada, list);

        ada.request().header("If-None-Match", tag).get(list).then().statusCode(304);
        Streams.start(ada, id);
        ada.request().header("If-None-Match", tag).get(list).then().statusCode(200);
    }
}
