package dev.stagedoor.account.signin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import dev.stagedoor.support.Api;
import dev.stagedoor.support.Concurrently;
import dev.stagedoor.support.StagedoorTest;
import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@StagedoorTest
class SignInResourceTest {

    /** The default of stagedoor.auth.attempts-per-account. */
    private static final int ATTEMPTS_PER_ACCOUNT = 10;

    @Test
    void whoRegistersIsAUserAtTheLocationNamed() {
        String username = Api.uniqueName();
        Response created = register(username);

        created.then()
                .statusCode(201)
                .header("Location", matchesPattern(".*/api/v1/users/" + created.path("id")))
                .header("Idempotency-Replayed", nullValue())
                .body("username", equalTo(username))
                .body("displayName", equalTo("Ada"))
                .body("role", equalTo("user"))
                .body("password", nullValue())
                .body("passwordHash", nullValue());
        Api.signIn(username, Api.PASSWORD)
                .request()
                .get("/api/v1/users/" + created.path("id"))
                .then()
                .statusCode(200);
    }

    @Test
    void aNameIsTakenInAnyCaseOfItsLetters() {
        String username = Api.uniqueName();
        register(username).then().statusCode(201);

        for (String same : List.of(username, username.toUpperCase(Locale.ROOT))) {
            assertProblem(register(same), 409, "username-taken");
        }
    }

    @Test
    void ofManyWhoWantANameAtOnceOneGetsIt() {
        String username = Api.uniqueName();

        List<Integer> statuses = Concurrently.times(6, () -> register(username).statusCode());

        assertThat(statuses).containsOnlyOnce(201).containsOnly(201, 409);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "username | null",
                "username | \"\"",
                "username | \"ab\"",
                "username | \"   \"",
                "username | \"with space\"",
                "username | \"-begins\"",
                "username | \"null\\u0000\"",
                "username | \"line\\nbreak\"",
                "username | \"trailing\\n\"",
                "username | \"n\\u00e4me\"",
                "username | [\"ada\"]",
                "username | {\"a\": 1}",
                "password | null",
                "password | \"\"",
                "password | \"seven77\"",
                "password | \"bell\\u0007bell\"",
                "password | \"half a char \\ud83d\"",
                "password | {\"$ne\": null}",
                "displayName | null",
                "displayName | \"\"",
                "displayName | \"   \"",
                "displayName | \"\\u0000\"",
                "displayName | \"two\\nlines\"",
                "displayName | \"\\udc00\\ud800\"",
                "displayName | []",
                "role | \"admin\"",
                "id | \"0199b2d4-7c7e-7a52-9d0a-0f6f6d1a2b3c\""
            })
    void aFieldThatIsNotAsItMustBeIsNamed(String field, String json) {
        Map<String, String> fields = new HashMap<>(Map.of(
                "username", '"' + Api.uniqueName() + '"', "password", "\"correct horse\"", "displayName", "\"Ada\""));
        fields.put(field, json);

        assertFieldRefused(registerRaw(object(fields)), field);
    }

    @ParameterizedTest
    @ValueSource(strings = {"username", "password", "displayName"})
    void aFieldThatIsTooLongOrMissingIsNamed(String field) {
        Map<String, String> fields = new HashMap<>(Map.of(
                "username", '"' + Api.uniqueName() + '"', "password", "\"correct horse\"", "displayName", "\"Ada\""));
        fields.put(field, '"' + "a".repeat(1_000) + '"');
        assertFieldRefused(registerRaw(object(fields)), field);

        fields.remove(field);
        assertFieldRefused(registerRaw(object(fields)), field);
    }

    @Test
    void everyFieldThatIsWrongIsNamedAtOnce() {
        registerRaw("{}")
                .then()
                .statusCode(400)
                .body("errors.field", equalTo(List.of("displayName", "password", "username")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "null",
                "{",
                "[]",
                "[{}]",
                "\"text\"",
                "1",
                "true",
                "ada:secret",
                "<user/>",
                "{\"username\":",
                "{}}"
            })
    void aBodyThatIsNoObjectOfThisKindIsRefused(String body) {
        for (String path : List.of("register", "login", "refresh", "logout")) {
            Api.request()
                    .body(body)
                    .post("/api/v1/auth/" + path)
                    .then()
                    .statusCode(400)
                    .contentType("application/problem+json");
        }
    }

    @Test
    void thePasswordLeadsToTokens() {
        String username = Api.uniqueName();
        register(username).then().statusCode(201);

        signIn(username, Api.PASSWORD)
                .then()
                .statusCode(200)
                .header("Cache-Control", "no-store")
                .header("RateLimit", matchesPattern("\"sign-in-account\";r=9;t=[0-9]+"))
                .header("RateLimit-Policy", equalTo("\"sign-in-account\";q=10;w=300"))
                .body("tokenType", equalTo("Bearer"))
                .body("expiresIn", equalTo(900))
                .body("refreshToken", notNullValue());
        signIn(username.toUpperCase(Locale.ROOT), Api.PASSWORD).then().statusCode(200);
    }

    @Test
    void aWrongPasswordAndAnUnknownNameAreToldInTheSameWords() {
        Map<String, Object> wrong = refusal(signIn(Api.signUp().username(), "not " + Api.PASSWORD));
        Map<String, Object> unknown = refusal(signIn(Api.uniqueName(), Api.PASSWORD));

        assertThat(wrong).isEqualTo(unknown).containsEntry("retryable", false);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", " ", "'; DROP TABLE app_user; --", "nobody\\u0000", "\\u0000", "\\ud800", "%", "ada\\n"})
    void aNameThatNobodyCanHaveIsUnknownToo(String username) {
        Response answer = Api.request()
                .body("{\"username\": \"" + username + "\", \"password\": \"correct horse\"}")
                .post("/api/v1/auth/login");

        assertThat(answer.statusCode()).isIn(400, 401);
        answer.then().contentType("application/problem+json");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\\u0000", "\\ud800", "\\udc00 half", "half \\ud83d", "\\ud800\\ud800"})
    void aPasswordThatNobodyCanHaveIsRefused(String password) {
        Response answer = Api.request()
                .body("{\"username\": \"" + Api.signUp().username() + "\", \"password\": \"" + password + "\"}")
                .post("/api/v1/auth/login");

        assertFieldRefused(answer, "password");
    }

    @Test
    void thePasswordCountsToItsLastCharacter() {
        String username = Api.uniqueName();
        String password = "ä".repeat(255) + "\uD83D\uDE00";
        Api.request()
                .body(Map.of("username", username, "password", password, "displayName", "Ada"))
                .post("/api/v1/auth/register")
                .then()
                .statusCode(201);

        assertProblem(signIn(username, "ä".repeat(255)), 401, "unauthorized");
        assertProblem(signIn(username, "ä".repeat(255) + "\uD83D\uDE01"), 401, "unauthorized");
        signIn(username, password).then().statusCode(200);
    }

    @Test
    void afterTooManyAttemptsTheAccountRestsEvenForItsOwner() {
        String username = Api.uniqueName();
        register(username).then().statusCode(201);
        for (int attempt = 0; attempt < ATTEMPTS_PER_ACCOUNT; attempt++) {
            signIn(username, "guess " + attempt).then().statusCode(401);
        }

        assertRests(signIn(username, Api.PASSWORD));
        assertRests(signIn(username.toUpperCase(Locale.ROOT), Api.PASSWORD));
        assertThat(Api.signUp().accessToken()).as("another account").isNotEmpty();
    }

    @Test
    void attemptsAtANameThatNobodyHasAreCountedAlike() {
        String nobody = Api.uniqueName();

        List<Integer> statuses = Concurrently.times(
                ATTEMPTS_PER_ACCOUNT + 4, () -> signIn(nobody, Api.PASSWORD).statusCode());

        assertThat(statuses).containsOnly(401, 429);
        assertThat(statuses.stream().filter(status -> status == 401)).hasSize(ATTEMPTS_PER_ACCOUNT);
    }

    private static void assertRests(Response answer) {
        problem(answer, 429, "too-many-requests")
                .header("Retry-After", matchesPattern("[1-9][0-9]{0,2}"))
                .header("RateLimit", matchesPattern("\"sign-in-account\";r=0;t=[1-9][0-9]*"))
                .header("RateLimit-Policy", equalTo("\"sign-in-account\";q=10;w=300"))
                .body("retryable", equalTo(true));
    }

    @Test
    void theKeySetHoldsNoPrivatePart() {
        Api.request()
                .get("/.well-known/jwks.json")
                .then()
                .statusCode(200)
                .header("Cache-Control", equalTo("public, max-age=300"))
                .body("keys[0].kty", equalTo("EC"))
                .body("keys[0].crv", equalTo("P-256"))
                .body("keys[0].alg", equalTo("ES256"))
                .body("keys[0].use", equalTo("sig"))
                .body("keys[0].kid", notNullValue())
                .body("keys[0].x", notNullValue())
                .body("keys[0].y", notNullValue())
                .body("keys.collect { it.keySet() }.flatten()", not(hasItem("d")));
    }

    private static Response register(String username) {
        return Api.request()
                .body(Map.of("username", username, "password", Api.PASSWORD, "displayName", "Ada"))
                .post("/api/v1/auth/register");
    }

    private static Response registerRaw(String json) {
        return Api.request().body(json).post("/api/v1/auth/register");
    }

    private static Response signIn(String username, String password) {
        return Api.request()
                .body(Map.of("username", username, "password", password))
                .post("/api/v1/auth/login");
    }

    private static String object(Map<String, String> fields) {
        return fields.entrySet().stream()
                .map(field -> '"' + field.getKey() + "\": " + field.getValue())
                .toList()
                .toString()
                .replaceAll("^\\[(.*)]$", "{$1}");
    }

    /** The 401 but for what differs between any two. */
    private static Map<String, Object> refusal(Response answer) {
        assertProblem(answer, 401, "unauthorized");
        Map<String, Object> body = new HashMap<>(answer.jsonPath().getMap(""));
        assertThat(body.remove("requestId")).isNotNull();
        return body;
    }

    private static void assertFieldRefused(Response answer, String field) {
        problem(answer, 400, "invalid-request").body("errors.field", hasItem(field));
    }

    private static void assertProblem(Response answer, int status, String code) {
        problem(answer, status, code).header("X-Request-Id", notNullValue());
    }

    private static ValidatableResponse problem(Response answer, int status, String code) {
        return answer.then()
                .statusCode(status)
                .contentType("application/problem+json")
                .body("type", equalTo("urn:stagedoor:problem:" + code));
    }
}
