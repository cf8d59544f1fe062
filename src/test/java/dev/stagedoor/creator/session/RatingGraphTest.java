package dev.stagedoor.creator.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stagedoor.support.Api;
import dev.stagedoor.support.Api.Person;
import dev.stagedoor.support.Graphql;
import dev.stagedoor.support.Sessions;
import dev.stagedoor.support.StagedoorTest;
import dev.stagedoor.support.Statements;
import dev.stagedoor.support.Tokens;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@StagedoorTest
class RatingGraphTest {

    private static final String RATINGS = "query($id: ID!, $cursor: String) { creator(id: $id) {"
            + " ratings(limit: 1, cursor: $cursor) { data { stars text createdAt updatedAt version } next } } }";

    private Person creator;
    private Person user;

    @BeforeEach
    void signUp() {
        creator = Sessions.alwaysFree();
        user = Tokens.rich(1000);
    }

    private String rated(Person rated, int days, int stars) {
        String id = Sessions.completed(user, rated, Sessions.inDays(days));
        user.request()
                .body(Map.of("stars", stars, "text", "Bravo 👏"))
                .put(Sessions.SESSIONS + "/" + id + "/rating")
                .then()
                .statusCode(201);
        return id;
    }

    private JsonPath page(Person of, String cursor) {
        Map<String, String> variables =
                cursor == null ? Map.of("id", of.id()) : Map.of("id", of.id(), "cursor", cursor);
        return Graphql.data(Graphql.post(Api.request(), Map.of("query", RATINGS, "variables", variables)));
    }

    @Test
    void everyoneReadsTheRatingsOfACreatorPageByPage() {
        assertThat(rated(creator, 3, 4)).isNotEqualTo(rated(creator, 4, 5));
        Map<String, Object> byRest = Api.request()
                .get("/api/v1/creators/" + creator.id() + "/ratings")
                .jsonPath()
                .getMap("data[0]");
        byRest.keySet().removeAll(List.of("sessionId", "creatorId", "userId"));

        JsonPath page = page(creator, null);
        JsonPath rest = page(creator, page.getString("creator.ratings.next"));

        assertThat(page.getMap("creator.ratings.data[0]")).isEqualTo(byRest).containsEntry("stars", 5);
        assertThat(rest.getList("creator.ratings.data.stars")).isEqualTo(List.of(4));
        assertThat(rest.getString("creator.ratings.next")).isNull();
    }

    @Test
    void aCursorOfAnotherCreatorIsRefused() {
        assertThat(rated(creator, 3, 4)).isNotEqualTo(rated(creator, 4, 5));
        String cursor = page(creator, null).getString("creator.ratings.next");
        Map<String, String> variables = Map.of("id", Sessions.alwaysFree().id(), "cursor", cursor);

        Response answer = Graphql.post(Api.request(), Map.of("query", RATINGS, "variables", variables));

        assertThat(Graphql.code(answer)).isEqualTo("invalid-request");
    }

    @Test
    void onlyWhoMayReadUsersLearnsWhoHasRated() {
        assertThat(rated(creator, 3, 4)).isNotEmpty();
        String query = "{ creator(id: \"" + creator.id() + "\") { ratings { data { stars user { username } } } } }";

        Response nameless = Graphql.post(Api.request(), query);

        assertThat(Graphql.code(nameless)).isEqualTo("unauthorized");
        assertThat(nameless.asString()).doesNotContain(user.username());
        assertThat(Graphql.data(creator, query, Map.of()).getList("creator.ratings.data.user.username"))
                .isEqualTo(List.of(user.username()));
    }

    @Test
    void theRatingsOfAListTakeOneStatement() {
        Person another = Sessions.alwaysFree();
        String first = rated(creator, 3, 4);
        String second = rated(another, 4, 2);
        String third = Sessions.booked(user, another, Sessions.inDays(5));
        String query = "{ sessions { data { id rating { stars user { username } }"
                + " creator { ratings(limit: 2) { data { stars } } } } } }";

        int statements = Statements.of(200, () -> Graphql.post(user.request(), query));
        JsonPath found = Graphql.data(user, query, Map.of());

        assertThat(found.getList("sessions.data.id")).isEqualTo(List.of(third, second, first));
        assertThat(found.getString("sessions.data[0].rating")).isNull();
        assertThat(found.getInt("sessions.data[1].rating.stars")).isEqualTo(2);
        assertThat(found.getString("sessions.data[2].rating.user.username")).isEqualTo(user.username());
        assertThat(found.getList("sessions.data[2].creator.ratings.data.stars")).isEqualTo(List.of(4));
        assertThat(statements)
                .as("sessions; their ratings and creators; who has rated, and the ratings of the creators")
                .isEqualTo(5);
    }
}
