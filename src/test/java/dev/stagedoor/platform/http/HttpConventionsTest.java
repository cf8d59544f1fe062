package dev.stagedoor.platform.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;

import dev.stagedoor.support.Api;
import dev.stagedoor.support.RawHttp;
import dev.stagedoor.support.StagedoorTest;
import io.restassured.RestAssured;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What holds for every request, whichever resource it is for. */
@StagedoorTest
class HttpConventionsTest {

    private static final String LOGIN = "/api/v1/auth/login";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/nothing",
                "/api",
                "/api/v1",
                "/api/v2/users",
                "/api/v1/users/me/more",
                "/api/v1/auth",
                "/index.html",
                "/.env",
                "/q",
                "/q/nothing",
                "/q/dev-ui",
                "/api/v1/../../etc/passwd",
                "//",
                "/api/v1/nothing?query=1"
            })
    void anUnknownPathIsNotFound(String path) {
        problem(Api.undocumented().get(path), 404, "not-found").body("retryable", nullValue());
    }

    @Test
    void aMethodThatAResourceLacksIsNamedWithThoseThatItHas() {
        problem(Api.undocumented().get(LOGIN), 405, "method-not-allowed").header("Allow", containsString("POST"));
        problem(Api.undocumented().contentType(ContentType.JSON).body("{}").put(LOGIN), 405, "method-not-allowed")
                .header("Allow", not(containsString("PUT")));
        problem(Api.undocumented().post("/api/v1/users/me"), 405, "method-not-allowed")
                .header("Allow", containsString("PATCH"));
        assertProblem(Api.undocumented().request("FROB", "/api/v1/users/me"), 405, "method-not-allowed");
    }

    @Test
    void aRepresentationThatNobodyMakesIsNotAcceptable() {
        Api.Person ada = Api.signUp();

        assertProblem(ada.request().accept("image/png").get("/api/v1/users/me"), 406, "not-acceptable");
        assertProblem(ada.request().accept("text/html;q=0.9").get("/api/v1/users/me"), 406, "not-acceptable");
        ada.request()
                .accept("text/html, */*;q=0.1")
                .get("/api/v1/users/me")
                .then()
                .statusCode(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "text/plain",
                "application/xml",
                "application/x-www-form-urlencoded",
                "multipart/form-data; boundary=x"
            })
    void aBodyOfAnotherMediaTypeIsUnsupported(String contentType) {
        RawHttp.Answer answer = RawHttp.send("POST " + LOGIN + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: "
                + contentType + "\r\nContent-Length: 2\r\n\r\n{}");

        assertThat(answer.status()).isEqualTo(415);
        assertThat(answer.header("Content-Type")).startsWith(Problem.MEDIA_TYPE);
        assertThat(answer.json().getString("type")).isEqualTo("urn:stagedoor:problem:unsupported-media-type");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{",
                "{\"username\": ",
                "{\"username\": \"ada\",}",
                "\u0000",
                "{'username': 'ada'}",
                "NaN",
                "{\"a\":1}}"
            })
    void aBodyThatIsNoJsonIsRefused(String body) {
        Api.request().body(body).post(LOGIN).then().statusCode(400).contentType(Problem.MEDIA_TYPE);
    }

    @Test
    void jsonThatIsBuiltToHurtIsRefused() {
        for (String body : List.of(
                "[".repeat(100_000),
                "{\"a\":".repeat(100_000),
                "{\"username\": " + "9".repeat(100_000) + "}",
                "{\"username\": 1e" + "9".repeat(50) + "}",
                "{\"" + "k".repeat(60_000) + "\": 1}")) {
            // On a socket, as the client of the other tests falls for it.
            RawHttp.Answer answer = RawHttp.send("POST " + LOGIN
                    + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: "
                    + body.length() + "\r\n\r\n" + body);
            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.header("Content-Type")).startsWith(Problem.MEDIA_TYPE);
        }
    }

    @Test
    void theCallersRequestIdIsKeptWhereItIsUsable() {
        for (String id : List.of("a", "0199b2d4-7c7e-7a52-9d0a-0f6f6d1a2b3c", "trace:1.2_3", "x".repeat(128))) {
            problem(Api.undocumented().header("X-Request-Id", id).get("/nothing"), 404, "not-found")
                    .header("X-Request-Id", equalTo(id))
                    .body("requestId", equalTo(id));
            Api.undocumented().header("X-Request-Id", id).get("/health").then().header("X-Request-Id", equalTo(id));
        }
    }

    @Test
    void anUnusableRequestIdIsReplaced() {
        for (String id : List.of("two words", "x".repeat(129), "<script>", "${jndi:x}", "\"", "é")) {
            Response answer = Api.undocumented().header("X-Request-Id", id).get("/nothing");
            problem(answer, 404, "not-found")
                    .header("X-Request-Id", matchesPattern("[0-9a-f-]{36}"))
                    .body("requestId", equalTo(answer.header("X-Request-Id")));
        }
    }

    @Test
    void noTwoRequestsHaveTheSameIdOfOurs() {
        assertThat(Api.undocumented().get("/health").header("X-Request-Id"))
                .isNotEqualTo(Api.undocumented().get("/health").header("X-Request-Id"));
    }

    @Test
    void everyAnswerForbidsBrowsersToMakeAnythingOfIt() {
        Api.Person ada = Api.signUp();

        for (Response answer : List.of(
                ada.request().get("/api/v1/users/me"),
                Api.request().get("/api/v1/users/me"),
                ada.request().get("/api/v1/users"),
                ada.request().header("If-None-Match", "*").get("/api/v1/users/me"),
                Api.request().body("{").post(LOGIN),
                Api.undocumented().get("/nothing"),
                Api.undocumented().get(LOGIN),
                Api.undocumented().get("/q/metrics"),
                Api.undocumented().get("/q/openapi"),
                Api.undocumented().get("/q/health/live"),
                Api.undocumented().get("/health"),
                Api.undocumented().get("/x".repeat(5_000)),
                Api.undocumented().header("X-Large", "x".repeat(20_000)).get("/health"))) {
            answer.then()
                    .header("X-Content-Type-Options", equalTo("nosniff"))
                    .header("X-Frame-Options", equalTo("DENY"))
                    .header("Content-Security-Policy", containsString("default-src 'none'"))
                    .header("Referrer-Policy", equalTo("no-referrer"))
                    .header("Strict-Transport-Security", containsString("max-age"))
                    .header("X-Request-Id", matchesPattern("[0-9a-f-]{36}"))
                    .header("Server", nullValue());
        }
    }

    @Test
    void aLargeAnswerIsCompressedForWhoAsks() {
        for (int i = 0; i < 5; i++) {
            assertThat(Api.signUp().id()).isNotEmpty();
        }

        Response compressed = usersWith("gzip");
        compressed.then().statusCode(200).header("Content-Encoding", equalTo("gzip"));
        Response plain = usersWith("identity");
        plain.then().statusCode(200).header("Content-Encoding", nullValue());
        assertThat(compressed.asByteArray().length).isLessThan(plain.asByteArray().length / 2);
        assertThat(compressed.header("ETag"))
                .as("of other bytes")
                .isEqualTo(plain.header("ETag").replaceFirst("\"$", "-gzip\""));
    }

    private static Response usersWith(String encoding) {
        return Api.undecoded()
                .header("Accept-Encoding", encoding)
                .header("Authorization", "Bearer " + Api.admin().accessToken())
                .get("/api/v1/users?limit=100");
    }

    @Test
    void noOtherOriginIsLetInByDefault() {
        for (String origin : List.of(
                "https://elsewhere.example",
                "null",
                "http://localhost:1",
                "http://localhost.evil",
                "file://",
                "a b",
                "*")) {
            for (Response answer : List.of(
                    Api.undocumented().header("Origin", origin).get("/health"),
                    Api.undocumented()
                            .header("Origin", origin)
                            .header("Access-Control-Request-Method", "POST")
                            .header("Access-Control-Request-Headers", "authorization")
                            .options(LOGIN))) {
                problem(answer, 403, "origin-not-allowed")
                        .header("Access-Control-Allow-Origin", nullValue())
                        .header("Access-Control-Allow-Credentials", nullValue());
            }
        }
    }

    @Test
    void pagesOfTheOwnOriginMayCall() {
        Api.request()
                .header("Origin", "http://localhost:" + RestAssured.port)
                .get("/health")
                .then()
                .statusCode(200);
    }

    @Test
    void aRefusalTellsNothingOfTheInside() {
        for (Response answer : List.of(
                Api.request().body("{\"username\": {}, \"password\": []}").post(LOGIN),
                Api.request().body("[[[").post(LOGIN),
                Api.undocumented().get("/api/v1/users/%00"),
                Api.request()
                        .body(Map.of("username", "ada", "password", "x", "unknown", 1))
                        .post(LOGIN))) {
            assertThat(answer.statusCode()).isBetween(400, 404);
            assertThat(answer.asString()).doesNotContain("dev.stagedoor", "java.", "jackson", "\tat ", "Exception");
        }
    }

    private static void assertProblem(Response answer, int status, String code) {
        problem(answer, status, code).header("Cache-Control", equalTo("no-store"));
    }

    private static ValidatableResponse problem(Response answer, int status, String code) {
        return answer.then()
                .statusCode(status)
                .contentType(Problem.MEDIA_TYPE)
                .body("type", equalTo("urn:stagedoor:problem:" + code))
                .body("status", equalTo(status))
                .body("requestId", equalTo(answer.header("X-Request-Id")));
    }
}
