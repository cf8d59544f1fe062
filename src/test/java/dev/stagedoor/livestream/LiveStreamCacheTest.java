package dev.stagedoor.livestream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stagedoor.support.Api;
import dev.stagedoor.support.Api.Person;
import dev.stagedoor.support.StagedoorTest;
import dev.stagedoor.support.Statements;
import dev.stagedoor.support.Streams;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@StagedoorTest
class LiveStreamCacheTest {

    private static final String SHARED = ", s-maxage=10, stale-while-revalidate=20";
    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private static Person owner;

    private String category;
    private List<String> paths;

    @BeforeEach
    void createAStream() {
        if (owner == null) {
            owner = Api.signUp();
        }
        category = Api.uniqueName();
        String id = Streams.create(
                owner, Map.of("title", "Long", "category", category, "description", "All of it. ".repeat(200)));
        paths = List.of(Streams.stream(id), Streams.STREAMS + "?limit=10&category=" + category);
    }

    @Test
    void whatIsColdTakesOneStatementAndWhatIsWarmNone() {
        for (String path : paths) {
            assertThat(Statements.of(200, () -> Api.request().get(path))).isEqualTo(1);

            String tag = read(owner.request(), path).header("ETag");

            assertThat(Statements.of(200, () -> owner.request().get(path))).isZero();
            assertThat(Statements.of(200, () -> Api.request().get(path))).isZero();
            assertThat(Statements.of(
                            304,
                            () -> Api.request().header("If-None-Match", tag).get(path)))
                    .isZero();
        }
    }

    private static Response read(RequestSpecification request, String path) {
        Response answer = request.get(path);
        answer.then().statusCode(200);
        return answer;
    }

    @Test
    void whatThereIsNotTakesOneStatementOnce() {
        String path = Streams.stream(UUID.randomUUID().toString());

        assertThat(Statements.of(404, () -> Api.request().get(path))).isEqualTo(1);
        assertThat(Statements.of(404, () -> Api.request().get(path))).isZero();
    }

    @Test
    void anAnswerSaysWhetherItWasCached() {
        for (String path : paths) {
            assertThat(read(Api.request(), path).header("Cache-Status"))
                    .matches("stagedoor; fwd=miss; stored; ttl=[0-9]+");
            assertThat(read(owner.request(), path).header("Cache-Status"))
                    .matches("stagedoor; hit; ttl=[0-9]+; detail=memory");
        }
    }

    @Test
    void whatTheNamelessGetIsKeptOnTheWayAndWhatOthersGetIsNot() {
        String key = owner.request()
                .body(Map.of("name", Api.uniqueName(), "scopes", List.of("profile:read")))
                .post("/api/v1/api-keys")
                .then()
                .statusCode(201)
                .extract()
                .path("key");
        for (String path : paths) {
            assertThat(read(Api.request(), path).header("Cache-Control")).isEqualTo("public, max-age=0" + SHARED);
            for (RequestSpecification named :
                    List.of(owner.request(), Api.request().header("X-API-Key", key))) {
                assertThat(read(named, path).header("Cache-Control")).isEqualTo("private, max-age=0, must-revalidate");
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"Authorization, Bearer x", "X-API-Key, x"})
    void aCredentialThatCountsForNothingDoesNotCloseWhatIsPublic(String header, String value) {
        for (String path : paths) {
            assertThat(read(Api.request().header(header, value), path).header("Cache-Control"))
                    .startsWith("private");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "Save-Data, on,      60",
        "Save-Data, off,     0",
        "ECT,       slow-2g, 60",
        "ECT,       2g,      60",
        "ECT,       3g,      60",
        "ECT,       4g,      0",
        "ECT,       5g,      0"
    })
    void whoSavesDataMayUseAnAnswerLonger(String header, String value, int maxAge) {
        String forOne = "private, max-age=" + maxAge + (maxAge == 0 ? ", must-revalidate" : "");
        for (String path : paths) {
            assertThat(read(Api.request().header(header, value), path).header("Cache-Control"))
                    .isEqualTo("public, max-age=" + maxAge + SHARED);
            assertThat(read(owner.request().header(header, value), path).header("Cache-Control"))
                    .isEqualTo(forOne);
        }
    }

    @Test
    void anAnswerNamesAllThatItDependsOn() {
        for (String path : paths) {
            Response whole = read(Api.request(), path);
            Response unchanged =
                    Api.request().header("If-None-Match", whole.header("ETag")).get(path);

            assertThat(unchanged.statusCode()).isEqualTo(304);
            for (Response answer : List.of(whole, unchanged)) {
                assertThat(String.join(", ", answer.headers().getValues("Vary")).split(", "))
                        .contains("Accept-Encoding", "Authorization", "X-API-Key", "Save-Data", "ECT");
                assertThat(answer.header("Cache-Control")).isEqualTo("public, max-age=0" + SHARED);
                assertThat(answer.header("ETag")).isEqualTo(whole.header("ETag"));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "GZIP", "br, gzip", "gzip;q=0.5, identity;q=0.1", "deflate;q=0, gzip ;q=1.0"})
    void whoTakesGzipGetsTheSameInFewerBytes(String accepted) throws IOException, InterruptedException {
        for (String path : paths) {
            byte[] plain = bytes(path, "identity").body();

            HttpResponse<byte[]> compressed = bytes(path, accepted);

            assertThat(compressed.headers().firstValue("Content-Encoding")).hasValue("gzip");
            assertThat(compressed.body()).hasSizeLessThan(plain.length / 2);
            assertThat(new GZIPInputStream(new ByteArrayInputStream(compressed.body())).readAllBytes())
                    .isEqualTo(plain);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"identity", "", "br", "gzip;q=0", "gzip; q=0.000", "br, gzip;q=0.0, identity", "xgzip"})
    void whoDoesNotTakeGzipGetsNone(String accepted) throws IOException, InterruptedException {
        for (String path : paths) {
            HttpResponse<byte[]> plain = bytes(path, accepted);

            assertThat(plain.headers().firstValue("Content-Encoding")).isEmpty();
            assertThat(new String(plain.body(), StandardCharsets.UTF_8)).contains(category);
        }
    }

    /** As they come: neither REST Assured nor anything else decodes them. */
    private static HttpResponse<byte[]> bytes(String path, String accepted) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://localhost:" + RestAssured.port + path))
                .header("Accept-Encoding", accepted)
                .build();
        return CLIENT.send(request, BodyHandlers.ofByteArray());
    }

    @Test
    void listsOfOtherFiltersAreOthers() {
        Person ada = Api.signUp();
        String id = Streams.create(ada, Map.of("title", "a", "category", "Theatre & more: a/b+c 🎭", "language", "de"));
        String list = Streams.STREAMS + "?owner=" + ada.id();

        for (int i = 0; i < 2; i++) {
            assertThat(ids(list)).containsExactly(id);
            assertThat(ids(list + "&category=Theatre %26 more: a/b%2Bc 🎭")).containsExactly(id);
            assertThat(ids(list + "&category=Theatre %26 more: a/b c 🎭")).isEmpty();
            assertThat(ids(list + "&category=de")).isEmpty();
            assertThat(ids(list + "&language=de")).containsExactly(id);
            assertThat(ids(list + "&live=false")).containsExactly(id);
            assertThat(ids(list + "&live=true")).isEmpty();
        }
    }

    private static List<String> ids(String list) {
        return Api.request()
                .urlEncodingEnabled(false)
                .get(list.replace(" ", "%20").replace("🎭", "%F0%9F%8E%AD"))
                .then()
                .statusCode(200)
                .extract()
                .path("data.id");
    }
}
