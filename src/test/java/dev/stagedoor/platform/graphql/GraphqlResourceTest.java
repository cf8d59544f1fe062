package dev.stagedoor.platform.graphql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import dev.stagedoor.platform.http.Problem;
import dev.stagedoor.support.Api;
import dev.stagedoor.support.Graphql;
import dev.stagedoor.support.RawHttp;
import dev.stagedoor.support.StagedoorTest;
import dev.stagedoor.support.Statements;
import io.restassured.response.Response;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@StagedoorTest
class GraphqlResourceTest {

    @Test
    void theNameOfATypeMayAlwaysBeAsked() {
        assertThat(Graphql.data(Graphql.post(Api.request(), "{ __typename }")).getString("__typename"))
                .isEqualTo("Query");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{",
                "null",
                "\"{ __typename }\"",
                "[{\"query\": \"{ __typename }\"}, {\"query\": \"{ __typename }\"}]",
                "[]",
                "{}",
                "{\"query\": null}",
                "{\"query\": \"\"}",
                "{\"query\": \" \\n\"}",
                "{\"query\": {}}",
                "{\"query\": \"{ __typename }\", \"variables\": []}",
                "{\"query\": \"{ __typename }\", \"variables\": \"{}\"}",
                "{\"query\": \"{ __typename }\", \"extensions\": 1}",
                "{\"query\": \"{ __typename }\", \"unknown\": 1}"
            })
    void whatIsNoRequestIsAProblem(String body) {
        Api.request().body(body).post(Graphql.PATH).then().statusCode(400).contentType(Problem.MEDIA_TYPE);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {                                         | malformed-query
            { __typename                              | malformed-query
            { \u0000 }                                | malformed-query
            { __typename } }                          | malformed-query
            { nothing }                               | invalid-request
            { streams }                               | invalid-request
            { streams { nothing } }                   | invalid-request
            { streams(limit: "1") { next } }          | invalid-request
            { streams(limit: 99999999999) { next } }  | invalid-request
            { streams(limit: null) { next } }         | invalid-request
            { stream { id } }                         | invalid-request
            { stream(id: null) { id } }               | invalid-request
            query($a: ID!) { stream(id: $a) { id } }  | invalid-request
            query($a: Nothing) { __typename }         | invalid-request
            { ...a } fragment a on Query { ...a }     | invalid-request
            mutation { streams { next } }             | invalid-request
            subscription { streams { next } }         | invalid-request
            query a { __typename } query b { __typename } | invalid-request
            """)
    void whatIsNoQueryIsAnErrorOfGraphql(String query, String code) {
        Response answer = Graphql.post(Api.request(), query);

        answer.then().statusCode(400).contentType("application/json").header("Cache-Control", equalTo("no-store"));
        assertThat(Graphql.code(answer)).isEqualTo(code);
        assertThat(answer.jsonPath().getMap("")).containsOnlyKeys("errors");
        assertThat(answer.asString()).doesNotContain("dev.stagedoor", "java.", "graphql.", "Exception", "\\tat ");
    }

    @Test
    void variablesOfTheWrongTypeAreRefused() {
        String query = "query($limit: Int!) { streams(limit: $limit) { next } }";

        for (Object limit : List.of("1", 1.5, true, List.of(), Map.of(), 99999999999L)) {
            Response answer = Graphql.post(Api.request(), Map.of("query", query, "variables", Map.of("limit", limit)));
            assertThat(answer.statusCode()).as("%s", limit).isEqualTo(400);
            assertThat(Graphql.code(answer)).isEqualTo("invalid-request");
        }
        Graphql.post(Api.request(), Map.of("query", query)).then().statusCode(400);
        Graphql.succeed(
                Graphql.post(Api.request(), Map.of("query", query, "variables", Map.of("limit", 1, "other", 1))));
    }

    @Test
    void oneOfSeveralOperationsIsExecuted() {
        String query = "query a { first: __typename } query b { second: __typename }";

        assertThat(Graphql.data(Graphql.post(Api.request(), Map.of("query", query, "operationName", "b")))
                        .getMap(""))
                .containsOnlyKeys("second");
        Graphql.post(Api.request(), Map.of("query", query, "operationName", "c"))
                .then()
                .statusCode(400);
    }

    @Test
    void aQueryThatIsTooDeepIsNotExecuted() {
        String query = "{ streams(limit: 1) { data { " + "owner { streams(limit: 1) { data { ".repeat(5) + "id"
                + " } } }".repeat(5) + " } } }";

        assertRefused(query, "query-too-deep");
    }

    @Test
    void aQueryOfWhichTheAnswerMayBeTooLargeIsNotExecuted() {
        assertRefused(
                "{ streams(limit: 100) { data { owner { streams(limit: 100) { next } } } } }", "query-too-complex");
        assertRefused("{ streams(limit: 100) { data { participants { muted role state } } } }", "query-too-complex");
    }

    private static void assertRefused(String query, String code) {
        int statements = Statements.of(400, () -> {
            Response answer = Graphql.post(Api.request(), query);
            assertThat(Graphql.code(answer)).isEqualTo(code);
            return answer;
        });
        assertThat(statements).isZero();
    }

    @Test
    void aliasesCountLikeFields() {
        StringBuilder query = new StringBuilder("{");
        for (int i = 0; i < 30; i++) {
            query.append(" a").append(i).append(": streams(limit: 100) { data { id } }");
        }

        assertRefused(query.append(" }").toString(), "query-too-complex");
    }

    @Test
    void aLimitThatIsAVariableCountsLikeOneThatIsWritten() {
        String query =
                "query($limit: Int) { streams(limit: $limit) { data { owner { streams(limit: $limit) { next } } } } }";

        assertThat(Graphql.code(Graphql.post(Api.request(), Map.of("query", query, "variables", Map.of("limit", 100)))))
                .isEqualTo("query-too-complex");
        Graphql.succeed(Graphql.post(Api.request(), Map.of("query", query, "variables", Map.of("limit", 2))));
    }

    @Test
    void aQueryThatIsTooLongIsRefused() {
        Graphql.post(Api.request(), "{ __typename }" + " ".repeat(20_000))
                .then()
                .statusCode(400)
                .contentType(Problem.MEDIA_TYPE)
                .body("errors[0].field", equalTo("query"));
        assertThat(RawHttp.send("POST /graphql HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                                + "Content-Length: " + 2_000_000 + "\r\n\r\n")
                        .status())
                .isEqualTo(413);
        assertThat(Graphql.code(Graphql.post(Api.request(), "{ " + "id ".repeat(3_000) + "}")))
                .isEqualTo("malformed-query");
        assertThat(Graphql.code(Graphql.post(Api.request(), "{ a ".repeat(600) + "}".repeat(600))))
                .isEqualTo("malformed-query");
    }

    @Test
    void whatAnswersToNoneOfTheMethodsSaysWhichThereAre() {
        Api.undocumented()
                .delete(Graphql.PATH)
                .then()
                .statusCode(405)
                .contentType(Problem.MEDIA_TYPE)
                .header("Allow", equalTo("GET, HEAD, OPTIONS, POST"));
        Api.undocumented()
                .contentType("application/graphql")
                .body("{ __typename }".getBytes(StandardCharsets.UTF_8))
                .post(Graphql.PATH)
                .then()
                .statusCode(415)
                .contentType(Problem.MEDIA_TYPE);
        Api.undocumented()
                .contentType("application/x-www-form-urlencoded")
                .formParam("query", "{ __typename }")
                .post(Graphql.PATH)
                .then()
                .statusCode(415);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/graphql/schema.graphql", "/graphql/x"})
    void theExtensionHasNoDoorsOfItsOwn(String path) {
        Api.undocumented().get(path).then().statusCode(404).contentType(Problem.MEDIA_TYPE);
    }

    @Test
    void noWebSocketIsOpened() {
        RawHttp.Answer answer = RawHttp.send("""
                GET /graphql HTTP/1.1\r
                Host: localhost\r
                Connection: Upgrade\r
                Upgrade: websocket\r
                Sec-WebSocket-Version: 13\r
                Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r
                Sec-WebSocket-Protocol: graphql-transport-ws\r
                \r
                """);

        assertThat(answer.status()).isEqualTo(400);
    }

    @Test
    void aGetWithAQueryIsAnswered() {
        Response answer = Api.request()
                .queryParam("query", "query a($limit: Int) { streams(limit: $limit) { __typename } }")
                .queryParam("operationName", "a")
                .queryParam("variables", "{\"limit\": 3}")
                .get(Graphql.PATH);

        assertThat(Graphql.data(answer).getString("streams.__typename")).isNotNull();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            query      | ''
            variables  | [1]
            variables  | {
            variables  | 1
            extensions | {"persistedQuery": {}}
            extensions | {"persistedQuery": {"version": 2, "sha256Hash": "00"}}
            """)
    void aGetThatIsNoRequestIsAProblem(String parameter, String value) {
        Api.request()
                .queryParam("query", parameter.equals("query") ? value : "{ __typename }")
                .queryParam(parameter, value)
                .get(Graphql.PATH)
                .then()
                .statusCode(400)
                .contentType(Problem.MEDIA_TYPE)
                .body("errors[0].field", containsString(parameter));
    }

    @Test
    void whatTheNamelessGetMayBeKeptByAll() {
        Response first = Api.request().queryParam("query", "{ __typename }").get(Graphql.PATH);

        first.then()
                .statusCode(200)
                .header("Cache-Control", containsString("public"))
                .header("Cache-Control", containsString("s-maxage=10"))
                .header("Vary", containsString("Authorization"))
                .header("Vary", containsString("X-API-Key"));
        Api.request()
                .queryParam("query", "{ __typename }")
                .header("If-None-Match", first.header("ETag"))
                .get(Graphql.PATH)
                .then()
                .statusCode(304)
                .header("ETag", equalTo(first.header("ETag")));
    }

    @Test
    void whatOthersGetIsTheirOwn() {
        Api.signUp()
                .request()
                .queryParam("query", "{ me { id } }")
                .get(Graphql.PATH)
                .then()
                .statusCode(200)
                .header("Cache-Control", containsString("private"))
                .header("ETag", containsString("\""));
        Graphql.post(Api.request(), "{ __typename }")
                .then()
                .header("Cache-Control", equalTo("no-store"))
                .header("ETag", nullValue());
    }

    @Test
    void anAnswerThatIsNotCompleteIsKeptByNobody() {
        Api.request()
                .queryParam("query", "{ __typename channels { next } }")
                .get(Graphql.PATH)
                .then()
                .statusCode(200)
                .body("errors[0].extensions.code", equalTo("unauthorized"))
                .header("Cache-Control", equalTo("no-store"));
    }

    @Test
    void requestsAreMeteredUnderTheirPath() {
        Graphql.post(Api.request(), "{ __typename }").then().statusCode(200);

        assertThat(Api.undocumented().get("/q/metrics").asString()).contains("route=\"/graphql\"");
    }
}
