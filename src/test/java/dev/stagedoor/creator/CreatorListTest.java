package dev.stagedoor.creator;

import static dev.stagedoor.creator.Creators.CREATORS;
import static dev.stagedoor.creator.Creators.walk;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;

import dev.stagedoor.support.Api;
import dev.stagedoor.support.Api.Person;
import dev.stagedoor.support.Database;
import dev.stagedoor.support.StagedoorTest;
import dev.stagedoor.support.Statements;
import io.restassured.response.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@StagedoorTest
class CreatorListTest {

    /** Creators whom tests make say something else, the first made first; of no completed sessions. */
    private static final List<Person> KNOWN = new ArrayList<>();

    private final String mark = Api.uniqueName();

    private Person create(Map<String, ?> more) {
        return Creators.create(marked(more));
    }

    private Map<String, Object> marked(Map<String, ?> more) {
        Map<String, Object> body = Creators.body(more);
        body.putIfAbsent("categories", List.of(mark));
        return body;
    }

    /** The first, the second and so on of this test. */
    private Person known(int index, Map<String, ?> more) {
        if (KNOWN.size() == index) {
            KNOWN.add(Creators.create(Map.of()));
        }
        Creators.replace(KNOWN.get(index), marked(more)).then().statusCode(200);
        return KNOWN.get(index);
    }

    /** Completed sessions with these stars; 0 is one that was not rated. */
    private static void complete(Person creator, int... stars) {
        String guest = Api.admin().id();
        for (int each : stars) {
            String id = Database.query("""
                    INSERT INTO creator_session (id, creator_id, user_id, status, starts_at, ends_at, price_tokens,
                                                 refundable_until, created_at)
                    VALUES (uuid_v7(now()), '%s', '%s', 'completed', now() - interval '1 hour', now(), 0, now(), now())
                    RETURNING id
                    """.formatted(creator.id(), guest)).get(0);
            if (each > 0) {
                Database.change("""
                        INSERT INTO session_rating (session_id, creator_id, stars, created_at, updated_at)
                        VALUES ('%s', '%s', %d, now(), now())
                        """.formatted(id, creator.id(), each));
            }
        }
    }

    @Test
    void creatorsAreListedInEveryOrder() {
        Person cheap = create(Map.of("priceTokens", 1));
        Person lucky = create(Map.of("priceTokens", 500));
        Person good = create(Map.of("priceTokens", 300));
        Person bad = create(Map.of("priceTokens", 0));
        complete(lucky, 5);
        complete(good, 5, 5, 5, 4, 5);
        complete(bad, 1, 2, 0, 0, 0, 0);

        assertThat(walk("&category=" + mark, 1)).containsExactly(good.id(), lucky.id(), cheap.id(), bad.id());
        assertThat(walk("&category=" + mark + "&sort=rating", 3))
                .containsExactly(good.id(), lucky.id(), cheap.id(), bad.id());
        assertThat(walk("&category=" + mark + "&sort=sessions", 1))
                .containsExactly(bad.id(), good.id(), lucky.id(), cheap.id());
        assertThat(walk("&category=" + mark + "&sort=newest", 1))
                .containsExactly(bad.id(), good.id(), lucky.id(), cheap.id());
        assertThat(walk("&category=" + mark + "&sort=price", 2))
                .containsExactly(bad.id(), cheap.id(), good.id(), lucky.id());
    }

    @Test
    void creatorsThatAreSortedTheSameAreWalkedOnceEach() {
        List<String> created =
                IntStream.range(0, 5).mapToObj(i -> known(i, Map.of()).id()).toList();

        for (String sort : List.of("rating", "sessions", "newest", "price")) {
            assertThat(walk("&category=" + mark + "&sort=" + sort, 2))
                    .as(sort)
                    .hasSize(5)
                    .containsExactlyInAnyOrderElementsOf(created);
            assertThat(walk("&sort=" + sort, 100)).containsAll(created).doesNotHaveDuplicates();
        }
    }

    @Test
    void aListShowsWhatACreatorShowsInOneStatement() {
        Person ada = create(Map.of(
                "bio",
                "A bio",
                "languages",
                List.of("en", "pt-BR"),
                "timeZone",
                "Asia/Tokyo",
                "weeklyHours",
                List.of(
                        Map.of("day", "sunday", "from", "00:00", "to", "24:00"),
                        Map.of("day", "monday", "from", "09:30", "to", "10:00"))));
        complete(ada, 5, 4, 4, 0);
        List<Response> list = new ArrayList<>();

        int statements = Statements.of(200, () -> {
            list.add(Api.request().get(CREATORS + "?category=" + mark));
            return list.get(0);
        });

        assertThat(statements).isEqualTo(1);
        Map<String, Object> listed = list.get(0).jsonPath().getMap("data[0]");
        Map<String, Object> shown = Api.request()
                .get(Creators.creator(ada))
                .then()
                .statusCode(200)
                .extract()
                .jsonPath()
                .getMap("");
        shown.remove("slots");
        shown.remove("exceptions");
        assertThat(listed).isEqualTo(shown).containsEntry("sessionCount", 4).containsEntry("ratingCount", 3);
        assertThat(list.get(0).asString()).contains("\"avgRating\":4.333333333333333,");
    }

    @Test
    void filtersAreExactAndTogether() {
        Person both = known(0, Map.of("categories", List.of(mark, "x-" + mark), "languages", List.of("en", "de-AT")));
        Person english = known(1, Map.of("languages", List.of("en")));

        assertThat(walk("&category=x-" + mark, 10)).containsExactly(both.id());
        assertThat(walk("&category=" + mark + "&language=EN&sort=price", 10))
                .containsExactlyInAnyOrder(both.id(), english.id());
        assertThat(walk("&category=" + mark + "&language=de-at", 10)).containsExactly(both.id());
        assertThat(walk("&category=" + mark + "&language=de", 10)).isEmpty();
        assertThat(walk("&category=" + mark.toUpperCase(Locale.ROOT), 10)).isEmpty();
        assertThat(walk("&category=" + mark + "&q=" + english.username() + "&language=de-AT", 10))
                .isEmpty();
    }

    @Test
    void wordsAreFoundByTheirBeginningsWhereverTheyAre() {
        Person ada = known(0, Map.of("headline", "Größe, L'Été & " + mark + "x_Rhythm!"));
        String words = "&category=" + mark + "&q=";

        for (String q : List.of(
                ada.username(),
                ada.username().toUpperCase(Locale.ROOT).substring(0, 6),
                "test",
                "größe",
                "GRÖ ét",
                mark + "x",
                "rhyth " + mark,
                "'rhythm' & (test | :*)",
                "rhythm\\")) {
            assertThat(Api.request()
                            .queryParam("category", mark)
                            .queryParam("q", q)
                            .get(CREATORS)
                            .then()
                            .statusCode(200)
                            .extract()
                            .jsonPath()
                            .getList("data.id"))
                    .as(q)
                    .containsExactly(ada.id());
        }
        assertThat(walk(words + "hythm", 10)).isEmpty();
        assertThat(walk(words + "rhythm+absent", 10)).isEmpty();
    }

    @Test
    void whoHasANewNameIsFoundByIt() {
        Person ada = create(Map.of());
        String name = Api.uniqueName();
        assertThat(walk("&q=" + name, 10)).isEmpty();

        ada.request()
                .header("If-Match", "*")
                .body(Map.of("displayName", "Countess " + name))
                .patch("/api/v1/users/me")
                .then()
                .statusCode(200);

        assertThat(walk("&q=countess+" + name, 11)).containsExactly(ada.id());
        assertThat(walk("&category=" + mark + "&q=Test", 10)).isEmpty();
        Api.request()
                .get(Creators.creator(ada))
                .then()
                .body("displayName", equalTo("Countess " + name))
                .body("version", equalTo(0));
    }

    @Test
    void aChangeShowsInListsAtOnce() {
        Person ada = known(0, Map.of());
        assertThat(walk("&category=" + mark, 10)).containsExactly(ada.id());

        Creators.replace(ada, Creators.body(Map.of("categories", List.of("other-" + mark))))
                .then()
                .statusCode(200);

        assertThat(walk("&category=" + mark, 10)).isEmpty();
        assertThat(walk("&category=other-" + mark, 10)).containsExactly(ada.id());
    }

    /** Who rises before the page is missed, who falls behind it comes again; but each page goes on where the last one ended. */
    @Test
    void aWalkEndsWhileTheOrderChanges() {
        List<Person> all = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            all.add(create(Map.of()));
        }
        List<String> walked = new ArrayList<>();
        String query = CREATORS + "?limit=1&sort=sessions&category=" + mark;
        String cursor = "";
        for (int i = 0; cursor != null; i++) {
            assertThat(i).isLessThanOrEqualTo(all.size());
            var page = Api.request().get(query + cursor).jsonPath();
            walked.addAll(page.getList("data.id"));
            complete(all.get(i % all.size()), 3);
            cursor = page.getString("next") == null ? null : "&cursor=" + page.getString("next");
        }

        assertThat(walked).doesNotHaveDuplicates().isNotEmpty();
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '`', delimiter = '|', textBlock = """
            sort     | best
            sort     | RATING
            category | a%00b
            language | english language
            q        | %20
            q        | '!:*
            q        | a b c d e f g h i j k
            q        | a%00
            limit    | 0
            limit    | 101
            cursor   | x
            cursor   | bm90IGEgY3Vyc29yIG9mIHRoaXMgbGlzdA
            """)
    void anImpossibleListIsRefusedByTheNameOfItsParameter(String parameter, String value) {
        Api.request()
                .urlEncodingEnabled(false)
                .get(CREATORS + "?" + parameter + "=" + value.replace(" ", "%20"))
                .then()
                .statusCode(400)
                .body("errors.field", hasItem(parameter));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "&sort=newest", "&sort=rating&language=de", "&q=a", "&category=a"})
    void aCursorCountsForItsOwnListOnly(String query) {
        assertThat(known(0, Map.of()).id()).isNotEqualTo(known(1, Map.of()).id());
        String cursor = Api.request()
                .get(CREATORS + "?limit=1&category=" + mark)
                .then()
                .statusCode(200)
                .extract()
                .path("next");

        Api.request()
                .get(CREATORS + "?category=" + mark + "&cursor=" + cursor)
                .then()
                .statusCode(200);
        Api.request()
                .get(CREATORS + "?cursor=" + cursor + query)
                .then()
                .statusCode(400)
                .body("errors.field", equalTo(List.of("cursor")));
    }
}
