package dev.stagedoor.account;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stagedoor.support.Api;
import dev.stagedoor.support.Api.Person;
import dev.stagedoor.support.Chat;
import dev.stagedoor.support.Graphql;
import dev.stagedoor.support.StagedoorTest;
import dev.stagedoor.support.Statements;
import dev.stagedoor.support.Together;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

@StagedoorTest
class UserGraphTest {

    private static final String USER = "query($id: ID!) { user(id: $id) { id username displayName role createdAt } }";

    @Test
    void aUserIsTheSameAsByRest() {
        Person ada = Api.signUp();
        Person bob = Api.signUp();

        JsonPath user = Graphql.data(ada, USER, Map.of("id", bob.id()));

        JsonPath byRest = bob.request().get("/api/v1/users/me").jsonPath();
        for (String field : List.of("id", "username", "displayName", "createdAt")) {
            assertThat(user.getString("user." + field)).isEqualTo(byRest.getString(field));
        }
        assertThat(user.getString("user.role")).isEqualTo("USER");
    }

    @Test
    void theCallerIsMe() {
        Person ada = Api.signUp();

        assertThat(Graphql.data(ada, "{ me { username } }", Map.of()).getString("me.username"))
                .isEqualTo(ada.username());
    }

    @Test
    void whomThereIsNotIsNull() {
        JsonPath data = Graphql.data(Api.signUp(), USER, Map.of("id", Chat.UNKNOWN_ID));

        assertThat(data.getMap("")).containsOnlyKeys("user");
        assertThat(data.getString("user")).isNull();
    }

    @Test
    void whatIsNoIdIsRefusedByName() {
        Response answer =
                Graphql.post(Api.signUp().request(), Map.of("query", USER, "variables", Map.of("id", "1-1-1-1-1")));

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(Graphql.code(answer)).isEqualTo("invalid-request");
        assertThat(answer.jsonPath().getString("errors[0].extensions.errors[0].field"))
                .isEqualTo("id");
        assertThat(answer.jsonPath().getList("errors[0].path")).isEqualTo(List.of("user"));
    }

    @Test
    void theNamelessSeeNoUser() {
        Response answer = Graphql.post(Api.request(), "{ me { id } }");

        assertThat(Graphql.code(answer)).isEqualTo("unauthorized");
        assertThat(answer.jsonPath().getString("data.me")).isNull();
    }

    @Test
    void aCredentialThatIsNoneFailsTheRequest() {
        Graphql.post(Api.request().header("Authorization", "Bearer nonsense"), "{ __typename }")
                .then()
                .statusCode(401);
        Graphql.post(Api.request().header("X-API-Key", "nonsense"), "{ __typename }")
                .then()
                .statusCode(401);
    }

    @Test
    void anApiKeySeesWhatItsScopesAllow() {
        Person ada = Api.signUp();
        String both = "{ channels { data { id } } user(id: \"" + ada.id() + "\") { id } }";

        Response answer = Graphql.post(Api.request().header("X-API-Key", key(ada, "chat:read")), both);

        assertThat(Graphql.code(answer)).isEqualTo("forbidden");
        assertThat(answer.jsonPath().getList("errors")).hasSize(1);
        assertThat(answer.jsonPath().getString("data.user")).isNull();
        assertThat(answer.jsonPath().getList("data.channels.data")).isEmpty();
        assertThat(Graphql.data(Graphql.post(
                                Api.request().header("X-API-Key", key(ada, "profile:read")),
                                "{ user(id: \"" + ada.id() + "\") { role } }"))
                        .getString("user.role"))
                .isEqualTo("USER");
    }

    private static String key(Person person, String scope) {
        return person.request()
                .body(Map.of("name", "graph", "scopes", List.of(scope)))
                .post("/api/v1/api-keys")
                .then()
                .statusCode(201)
                .extract()
                .path("key");
    }

    @Test
    void allUsersAreForAdmins() {
        Person ada = Api.signUp();
        String query = "query($cursor: String) { users(limit: 2, cursor: $cursor) { data { id createdAt } next } }";

        assertThat(Graphql.code(Graphql.post(ada.request(), query))).isEqualTo("forbidden");
        JsonPath first = Graphql.data(Api.admin(), query, Map.of());
        JsonPath second = Graphql.data(Api.admin(), query, Map.of("cursor", first.getString("users.next")));
        assertThat(first.getList("users.data.id")).hasSize(2).first().isEqualTo(ada.id());
        assertThat(second.getList("users.data.id"))
                .hasSize(2)
                .doesNotContainAnyElementsOf(first.getList("users.data.id"));
        assertThat(Graphql.code(Graphql.post(
                        Api.admin().request(), Map.of("query", query, "variables", Map.of("cursor", "forged")))))
                .isEqualTo("invalid-request");
    }

    @Test
    void queriesAtTheSameTimeAreOfTheirOwnCallers() {
        List<Person> callers = List.of(Api.signUp(), Api.signUp(), Api.signUp(), Api.signUp());
        String query = "{ me { username role streams { data { id } } }"
                + " channels { data { id messages { data { id } } } } users { next } }";

        List<Response> answers =
                Together.run(64, i -> Graphql.post(callers.get(i % 4).request(), query));

        for (int i = 0; i < answers.size(); i++) {
            JsonPath answer = answers.get(i).then().statusCode(200).extract().jsonPath();
            assertThat(answer.getString("data.me.username"))
                    .isEqualTo(callers.get(i % 4).username());
            assertThat(answer.getString("data.me.role")).isEqualTo("USER");
            assertThat(answer.getList("data.channels.data")).isEmpty();
            assertThat(answer.getList("errors.path")).isEqualTo(List.of(List.of("users")));
        }
    }

    @Test
    void whatAllUsersOfAListAreAskedTakesOneStatement() {
        for (int i = 0; i < 3; i++) {
            assertThat(Api.signUp().id()).isNotEmpty();
        }
        String token = "Bearer " + Api.admin().accessToken();

        int statements = Statements.of(
                200,
                () -> Graphql.post(
                        Api.request().header("Authorization", token),
                        "{ users(limit: 3) { data { id role createdAt } } }"));

        assertThat(statements)
                .as("users, and what their list does not say of them")
                .isEqualTo(2);
    }
}
