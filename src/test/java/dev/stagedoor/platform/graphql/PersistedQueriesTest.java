package dev.stagedoor.platform.graphql;

import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;

import dev.stagedoor.platform.context.Secrets;
import dev.stagedoor.platform.http.Problem;
import dev.stagedoor.support.Api;
import dev.stagedoor.support.Graphql;
import dev.stagedoor.support.StagedoorTest;
import io.restassured.response.Response;
import java.util.HexFormat;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@StagedoorTest
class PersistedQueriesTest {

    @Test
    void aQueryIsKnownByItsHashOnceItWasSent() {
        String query = newQuery("streams(limit: 3) { __typename }");
        assertUnknown(get(query));
        assertUnknown(Graphql.post(Api.request(), Map.of("extensions", extensions(sha256(query)))));

        Graphql.succeed(Graphql.post(Api.request(), Map.of("query", query, "extensions", extensions(sha256(query)))));

        Response known = get(query);
        Graphql.succeed(known);
        known.then().header("ETag", notNullValue()).header("Cache-Control", containsString("s-maxage=10"));
        Api.request()
                .queryParam("extensions", json(sha256(query)))
                .header("If-None-Match", known.header("ETag"))
                .get(Graphql.PATH)
                .then()
                .statusCode(304);
        Graphql.succeed(Graphql.post(Api.request(), Map.of("extensions", extensions(sha256(query)))));
    }

    @Test
    void aGetMayBringTheText() {
        String query = newQuery("__typename");
        Graphql.succeed(Api.request()
                .queryParam("query", query)
                .queryParam("extensions", json(sha256(query)))
                .get(Graphql.PATH));

        Graphql.succeed(get(query));
    }

    @Test
    void whoAsksGetsTheirOwnAnswer() {
        String query = newQuery("me { username }");
        Api.Person ada = Api.signUp();
        Graphql.succeed(Graphql.post(ada.request(), Map.of("query", query, "extensions", extensions(sha256(query)))));

        ada.request()
                .queryParam("extensions", json(sha256(query)))
                .get(Graphql.PATH)
                .then()
                .body("data.me.username", equalTo(ada.username()))
                .header("Cache-Control", containsString("private"));
        get(query).then().body("errors[0].extensions.code", equalTo("unauthorized"));
    }

    @Test
    void aHashOfAnotherQueryIsRefused() {
        String query = newQuery("__typename");
        String other = newQuery("__typename");

        Graphql.post(Api.request(), Map.of("query", query, "extensions", extensions(sha256(other))))
                .then()
                .statusCode(400)
                .contentType(Problem.MEDIA_TYPE)
                .body("errors[0].field", equalTo("extensions.persistedQuery.sha256Hash"));
        assertUnknown(get(other));
        assertUnknown(get(query));
    }

    @Test
    void whatIsNoQueryIsNotKept() {
        for (String query :
                new String[] {newQuery("nothing"), newQuery("{"), newQuery("streams(limit: 5000) { data { id } }")}) {
            Graphql.post(Api.request(), Map.of("query", query, "extensions", extensions(sha256(query))))
                    .then()
                    .statusCode(400);

            assertUnknown(get(query));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1",
                "{}",
                "{\"version\": 1}",
                "{\"version\": 2, \"sha256Hash\": \"%s\"}",
                "{\"version\": \"1\", \"sha256Hash\": \"%s\"}",
                "{\"version\": 1, \"sha256Hash\": \"abc\"}",
                "{\"version\": 1, \"sha256Hash\": 7}",
                "{\"version\": 1, \"sha256Hash\": \"%sX\"}"
            })
    void whatNamesNoQueryIsRefused(String extension) {
        Api.request()
                .queryParam("extensions", "{\"persistedQuery\": " + extension.formatted("0".repeat(64)) + "}")
                .get(Graphql.PATH)
                .then()
                .statusCode(400)
                .contentType(Problem.MEDIA_TYPE)
                .body("errors[0].field", equalTo("extensions.persistedQuery"));
    }

    private static void assertUnknown(Response answer) {
        answer.then()
                .statusCode(200)
                .header("Cache-Control", equalTo("no-store"))
                .body("errors[0].message", equalTo("PersistedQueryNotFound"))
                .body("errors[0].extensions.code", equalTo("PERSISTED_QUERY_NOT_FOUND"));
    }

    /** One that nobody has sent before. */
    private static String newQuery(String fields) {
        return "query " + Api.uniqueName() + " { " + fields + " }";
    }

    private static Response get(String query) {
        return Api.request().queryParam("extensions", json(sha256(query))).get(Graphql.PATH);
    }

    private static Map<String, Object> extensions(String hash) {
        return Map.of("persistedQuery", Map.of("version", 1, "sha256Hash", hash));
    }

    private static String json(String hash) {
        return "{\"persistedQuery\":{\"version\":1,\"sha256Hash\":\"" + hash + "\"}}";
    }

    private static String sha256(String query) {
        return HexFormat.of().formatHex(Secrets.sha256(query));
    }
}
