package dev.stagedoor.account.signin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import dev.stagedoor.support.Api;
import dev.stagedoor.support.Concurrently;
import dev.stagedoor.support.RawHttp;
import dev.stagedoor.support.StagedoorTest;
import io.restassured.response.Response;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Registration under an Idempotency-Key. */
@StagedoorTest
class RegisterOnceTest {

    @Test
    void theSameRequestAgainGetsTheSameAnswer() {
        String username = Api.uniqueName();
        String key = Api.uniqueName();
        Response first = register(username, key);
        first.then().statusCode(201).header("Idempotency-Replayed", nullValue());

        register(username, key)
                .then()
                .statusCode(201)
                .header("Idempotency-Replayed", equalTo("true"))
                .header("Location", equalTo(first.header("Location")))
                .body("", equalTo(first.jsonPath().getMap("")));
    }

    @Test
    void anotherPayloadUnderTheSameKeyIsRefused() {
        String key = Api.uniqueName();
        register(Api.uniqueName(), key).then().statusCode(201);

        register(Api.uniqueName(), key)
                .then()
                .statusCode(422)
                .body("type", equalTo("urn:stagedoor:problem:idempotency-key-reused"));
    }

    @Test
    void thePasswordIsPartOfThePayload() {
        String key = Api.uniqueName();
        String username = Api.uniqueName();
        register(username, key).then().statusCode(201);

        Api.request()
                .header("Idempotency-Key", key)
                .body(Map.of("username", username, "password", "another password", "displayName", "Ada"))
                .post("/api/v1/auth/register")
                .then()
                .statusCode(422);
    }

    @Test
    void aRefusedRequestDoesNotUseItsKeyUp() {
        String key = Api.uniqueName();
        register(Api.signUp().username(), key).then().statusCode(409);

        register(Api.uniqueName(), key).then().statusCode(201).header("Idempotency-Replayed", nullValue());
    }

    @Test
    void manyRequestsUnderOneKeyAtOnceMakeOneUser() {
        for (int round = 0; round < 3; round++) {
            String username = Api.uniqueName();
            String key = Api.uniqueName();

            List<Response> answers = Concurrently.times(8, () -> register(username, key));

            List<Response> created = answers.stream()
                    .filter(answer -> answer.statusCode() == 201)
                    .toList();
            assertThat(created).isNotEmpty();
            assertThat(created)
                    .extracting(answer -> answer.<String>path("id"))
                    .containsOnly(created.get(0).<String>path("id"));
            assertThat(created.stream().filter(answer -> answer.header("Idempotency-Replayed") == null))
                    .hasSize(1);
            assertThat(answers.stream().filter(answer -> answer.statusCode() != 201))
                    .extracting(answer -> answer.<String>path("type"))
                    .allMatch("urn:stagedoor:problem:request-in-flight"::equals);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"two words", "a\tb", "ключ", "\u007f"})
    void aMalformedKeyIsRefused(String key) {
        assertMalformed(key);
    }

    @Test
    void aKeyMayHaveTwoHundredCharactersAndNoMore() {
        register(Api.uniqueName(), Api.uniqueName().concat("k".repeat(200)).substring(0, 200))
                .then()
                .statusCode(201);

        assertMalformed("k".repeat(201));
    }

    /** On a socket, as clients change such headers. */
    private static void assertMalformed(String key) {
        String body =
                "{\"username\":\"" + Api.uniqueName() + "\",\"password\":\"correct horse\",\"displayName\":\"Ada\"}";

        RawHttp.Answer answer = RawHttp.send("POST /api/v1/auth/register HTTP/1.1\r\nHost: localhost\r\n"
                + "Content-Type: application/json\r\nContent-Length: " + body.length() + "\r\nIdempotency-Key: " + key
                + "\r\n\r\n" + body);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.header("Content-Type")).startsWith("application/problem+json");
        assertThat(answer.json().getString("type")).startsWith("urn:stagedoor:problem:");
    }

    private static Response register(String username, String key) {
        return Api.request()
                .header("Idempotency-Key", key)
                .body(Map.of("username", username, "password", Api.PASSWORD, "displayName", "Ada"))
                .post("/api/v1/auth/register");
    }
}
