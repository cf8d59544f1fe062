package dev.stagedoor.creator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stagedoor.support.Api;
import dev.stagedoor.support.Api.Person;
import dev.stagedoor.support.Chat;
import dev.stagedoor.support.Graphql;
import dev.stagedoor.support.Sessions;
import dev.stagedoor.support.StagedoorTest;
import dev.stagedoor.support.Statements;
import dev.stagedoor.support.Streams;
import dev.stagedoor.support.Tokens;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@StagedoorTest
class CreatorGraphTest {

    private static final String FIELDS = """
            id username displayName headline bio categories languages priceTokens pricePerMinuteTokens sessionMinutes
            timeZone weeklyHours { day from to } exceptions { date hours { from to } } sessionCount ratingCount avgRating
            version""";

    private static final String CREATOR = "query($id: ID!) { creator(id: $id) { " + FIELDS + " } }";

    private static Person withHours(String category) {
        return Creators.create(Map.of(
                "bio",
                "Chante 🎶",
                "categories",
                List.of(category),
                "languages",
                List.of("fr"),
                "timeZone",
                "Europe/Paris",
                "weeklyHours",
                List.of(Map.of("day", "monday", "from", "09:00", "to", "12:00")),
                "exceptions",
                List.of(Map.of("date", "2030-12-24", "hours", List.of(Map.of("from", "10:00", "to", "11:00"))))));
    }

    private static Response nameless(String query, Map<String, ?> variables) {
        return Graphql.post(Api.request(), Map.of("query", query, "variables", variables));
    }

    @Test
    void aCreatorIsTheSameAsByRestAlsoForTheNameless() {
        Person ada = withHours(Api.uniqueName());

        JsonPath found = Graphql.data(nameless(CREATOR, Map.of("id", ada.id())));

        Map<String, Object> byRest =
                Api.request().get(Creators.creator(ada)).jsonPath().getMap("");
        byRest.remove("slots");
        assertThat(found.getMap("creator")).isEqualTo(byRest);
    }

    @Test
    void whoIsNoCreatorIsNull() {
        JsonPath found = Graphql.data(nameless(CREATOR, Map.of("id", Chat.UNKNOWN_ID)));

        assertThat(found.getMap("")).containsOnlyKeys("creator").containsValue(null);
        assertThat(Graphql.data(Api.signUp(), "{ me { creator { id } } }", Map.of())
                        .getMap("me"))
                .containsOnlyKeys("creator")
                .containsValue(null);
    }

    @Test
    void listsAreFilteredSortedAndPagedAsByRest() {
        String category = Api.uniqueName();
        Person dear = Creators.create(Map.of("categories", List.of(category), "priceTokens", 300));
        Person cheap = Creators.create(Map.of("categories", List.of(category), "priceTokens", 100));
        Person french = Creators.create(
                Map.of("categories", List.of(category), "priceTokens", 200, "languages", List.of("fr")));
        String query = "query($category: String, $language: String, $q: String, $sort: CreatorSort! = PRICE,"
                + " $cursor: String) { creators(category: $category, language: $language, q: $q, sort: $sort, limit: 2,"
                + " cursor: $cursor) { data { id } next } }";

        JsonPath page = Graphql.data(nameless(query, Map.of("category", category)));
        JsonPath rest =
                Graphql.data(nameless(query, Map.of("category", category, "cursor", page.getString("creators.next"))));
        JsonPath newest = Graphql.data(nameless(query, Map.of("category", category, "sort", "NEWEST")));
        JsonPath speaking = Graphql.data(nameless(query, Map.of("category", category, "language", "FR")));
        JsonPath named = Graphql.data(nameless(query, Map.of("q", dear.username())));

        assertThat(page.getList("creators.data.id")).isEqualTo(List.of(cheap.id(), french.id()));
        assertThat(rest.getList("creators.data.id")).isEqualTo(List.of(dear.id()));
        assertThat(rest.getString("creators.next")).isNull();
        assertThat(newest.getList("creators.data.id")).isEqualTo(List.of(french.id(), cheap.id()));
        assertThat(speaking.getList("creators.data.id")).isEqualTo(List.of(french.id()));
        assertThat(named.getList("creators.data.id")).isEqualTo(List.of(dear.id()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "limit: 0",
                "limit: 101",
                "cursor: \"forged\"",
                "language: \"not a language\"",
                "q: \"!\"",
                "sort: BEST",
                "category: \"\\u0000\""
            })
    void whatRestRefusesIsRefused(String argument) {
        Response answer = Graphql.post(Api.request(), "{ creators(" + argument + ") { next } }");

        assertThat(Graphql.code(answer)).isEqualTo("invalid-request");
    }

    @Test
    void theOwnerOfAStreamIsFoundAsACreatorAndBack() {
        Person ada = withHours(Api.uniqueName());
        String id = Streams.create(ada);

        JsonPath found = Graphql.data(nameless(
                "query($id: ID!) { stream(id: $id) { owner { creator { headline"
                        + " user { username streams { data { id } } } } } } }",
                Map.of("id", id)));

        assertThat(found.getString("stream.owner.creator.headline")).isEqualTo("Sing with me");
        assertThat(found.getString("stream.owner.creator.user.username")).isEqualTo(ada.username());
        assertThat(found.getList("stream.owner.creator.user.streams.data.id")).isEqualTo(List.of(id));
    }

    @Test
    void aListTakesOneStatementForAllExceptions() {
        String category = Api.uniqueName();
        List<Person> all = List.of(withHours(category), withHours(category), withHours(category));
        String query = "query { creators(category: \"" + category + "\", limit: 3) { data { " + FIELDS + " } } }";

        int statements = Statements.of(200, () -> Graphql.post(Api.request(), query));
        JsonPath found = Graphql.data(Graphql.post(Api.request(), query));

        assertThat(found.getList("creators.data")).hasSameSizeAs(all);
        assertThat(found.getList("creators.data.exceptions[0].date")).containsOnly("2030-12-24");
        assertThat(statements).as("the page; their exceptions").isEqualTo(2);
    }

    @Test
    void freeSlotsAreTheSameAsByRest() {
        Person ada = withHours(Api.uniqueName());
        Map<String, String> range = Map.of("from", "2030-12-01T00:00:00Z", "to", "2030-12-31T00:00:00Z");
        String query = "query($id: ID!, $from: String, $to: String) { creator(id: $id) {"
                + " slots(from: $from, to: $to, limit: 100) { start end } next: slots(limit: 3) { start } } }";
        JsonPath found =
                Graphql.data(nameless(query, Map.of("id", ada.id(), "from", range.get("from"), "to", range.get("to"))));

        JsonPath byRest =
                Api.request().queryParams(range).get(Creators.slots(ada)).jsonPath();
        List<String> next = Api.request().get(Creators.creator(ada)).jsonPath().getList("slots.start");
        assertThat(found.getList("creator.slots")).isNotEmpty().isEqualTo(byRest.getList("data"));
        assertThat(found.getList("creator.next.start")).hasSize(3).isEqualTo(next.subList(0, 3));
    }

    @Test
    void theSlotsOfAListTakeAStatementForCreatorsAndOneForTheirSessions() {
        String category = Api.uniqueName();
        List<Person> all = List.of(withHours(category), withHours(category), withHours(category));
        Person user = Tokens.rich(1000);
        String slots =
                "{ creators(category: \"" + category + "\", limit: 5) { data { id slots(limit: 1) { start } } } }";
        String first = Graphql.data(Graphql.post(Api.request(), slots)).getString("creators.data[0].slots[0].start");
        String booked = Graphql.data(Graphql.post(Api.request(), slots)).getString("creators.data[0].id");
        Tokens.post(user, Sessions.SESSIONS, Map.of("creatorId", booked, "startsAt", first))
                .then()
                .statusCode(201);

        int statements = Statements.of(200, () -> Graphql.post(Api.request(), slots));
        JsonPath found = Graphql.data(Graphql.post(Api.request(), slots));

        assertThat(found.getList("creators.data.slots")).hasSameSizeAs(all);
        assertThat(found.getString("creators.data.find { it.id == '" + booked + "' }.slots[0].start"))
                .isGreaterThan(first);
        assertThat(found.getList("creators.data.findAll { it.id != '" + booked + "' }.collect { it.slots[0].start }"))
                .containsOnly(first);
        assertThat(statements).as("creators; what is taken of their time").isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"from: \"now\"", "from: \"2030-01-01T00:00:00Z\", to: \"2030-04-01T00:00:00Z\"", "limit: 101"})
    void noOtherSlotsAreAskedForThanByRest(String argument) {
        Person ada = withHours(Api.uniqueName());

        Response answer = Graphql.post(
                Api.request(), "{ creator(id: \"" + ada.id() + "\") { slots(" + argument + ") { start } } }");

        assertThat(Graphql.code(answer)).isEqualTo("invalid-request");
    }
}
