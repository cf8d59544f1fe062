package dev.stagedoor.cache;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stagedoor.support.Api;
import dev.stagedoor.support.Api.Person;
import dev.stagedoor.support.Metrics;
import dev.stagedoor.support.StagedoorTest;
import dev.stagedoor.support.Streams;
import io.restassured.RestAssured;
import io.restassured.config.DecoderConfig;
import io.restassured.http.Header;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is answered before routing is what would be answered after it, to the same callers. */
@StagedoorTest
class DirectAnswersTest {

    private static final String DIRECT = "cache_direct_answers_total";

    /** Of each request, or of how it was answered. */
    private static final Set<String> CHANGING = Set.of("X-Request-Id", "Cache-Status");

    private Person owner;
    private String stream;
    private List<String> paths;

    @BeforeEach
    void createAStream() {
        owner = Api.signUp();
        // Long enough for gzip to pay.
        stream = Streams.create(owner, Map.of("title", "Opening night", "description", "la ".repeat(500)));
        paths = List.of(
                // Not asked for yet, unlike without the query.
                "/api/v1/users/me?again",
                "/api/v1/users/" + owner.id(),
                "/api/v1/channels",
                Streams.backstage(stream),
                Streams.backstage(stream) + "?fields=stream",
                Streams.participants(stream),
                Streams.participant(stream, owner),
                Streams.stream(stream),
                Streams.STREAMS + "?owner=" + owner.id());
    }

    /** Without a content type, and not decoded. */
    private static RequestSpecification plain(Person person) {
        RequestSpecification request = RestAssured.given()
                .config(RestAssured.config()
                        .decoderConfig(DecoderConfig.decoderConfig().noContentDecoders()));
        return person == null ? request : request.header("Authorization", "Bearer " + person.accessToken());
    }

    private static Response direct(Supplier<Response> request) {
        double before = Metrics.sum(DIRECT);
        Response answer = request.get();
        assertThat(Metrics.sum(DIRECT) - before).as("answered directly").isEqualTo(1);
        return answer;
    }

    private static Response routed(Supplier<Response> request) {
        double before = Metrics.sum(DIRECT);
        Response answer = request.get();
        assertThat(Metrics.sum(DIRECT)).as("answered after routing").isEqualTo(before);
        return answer;
    }

    private static List<Header> lasting(Response answer) {
        return answer.headers().asList().stream()
                .map(header -> new Header(header.getName().toLowerCase(Locale.ROOT), header.getValue()))
                .filter(header -> CHANGING.stream().noneMatch(header.getName()::equalsIgnoreCase))
                .sorted(Comparator.comparing(Header::getName).thenComparing(Header::getValue))
                .toList();
    }

    @Test
    void whoAsksAgainGetsTheSameWithoutRouting() {
        for (String path : paths) {
            Response first = routed(() -> plain(owner).get(path));
            Response second = direct(() -> plain(owner).get(path));

            first.then().statusCode(200);
            second.then().statusCode(200);
            assertThat(second.asByteArray()).as(path).isEqualTo(first.asByteArray());
            assertThat(lasting(second)).as(path).isEqualTo(lasting(first));
            assertThat(second.header("Cache-Status")).matches("stagedoor; hit; ttl=[0-9]+; detail=memory");
            assertThat(second.header("X-Request-Id")).isNotEqualTo(first.header("X-Request-Id"));
        }
    }

    @Test
    void whatIsPublicIsAnsweredToTheNamelessToo() {
        String path = Streams.stream(stream);
        Response first = routed(() -> plain(null).get(path));
        Response second = direct(() -> plain(null).get(path));

        assertThat(first.header("Cache-Control")).startsWith("public, ");
        assertThat(lasting(second)).isEqualTo(lasting(first));
        assertThat(routed(() -> plain(owner).get(path)).header("Cache-Control")).startsWith("private, ");
        assertThat(direct(() -> plain(owner).get(path)).header("Cache-Control")).startsWith("private, ");
    }

    @Test
    void encodingAndConditionsAreHeededEachTime() {
        String path = Streams.backstage(stream);
        String tag = routed(() -> plain(owner).get(path)).header("ETag");

        Response compressed =
                direct(() -> plain(owner).header("Accept-Encoding", "gzip").get(path));
        assertThat(compressed.header("Content-Encoding")).isEqualTo("gzip");
        assertThat(compressed.header("ETag")).isNotEqualTo(tag).startsWith(tag.substring(0, tag.length() - 1));
        for (String known : List.of(tag, compressed.header("ETag"), "\"other\", W/" + tag)) {
            Response unchanged = direct(() -> plain(owner)
                    .header("Accept-Encoding", "gzip")
                    .header("If-None-Match", known)
                    .get(path));
            unchanged.then().statusCode(304);
            assertThat(unchanged.asByteArray()).isEmpty();
            assertThat(known).contains(unchanged.header("ETag"));
        }
        direct(() -> plain(owner)
                        .header("If-None-Match", compressed.header("ETag"))
                        .get(path))
                .then()
                .statusCode(200);
        assertThat(direct(() -> plain(owner).header("Save-Data", "on").get(path))
                        .header("Cache-Control"))
                .isEqualTo("private, max-age=60");
    }

    @Test
    void anotherCredentialIsAnotherCaller() {
        Person stranger = Api.signUp();
        String path = Streams.backstage(stream);
        plain(owner).get(path).then().statusCode(200);

        for (int i = 0; i < 2; i++) {
            routed(() -> plain(stranger).get(path)).then().statusCode(404);
            routed(() -> plain(null).get(path)).then().statusCode(401);
            routed(() -> plain(null)
                            .header("Authorization", "Bearer " + owner.accessToken() + "x")
                            .get(path))
                    .then()
                    .statusCode(401);
        }
        assertThat(direct(() -> plain(owner).get(path)).statusCode()).isEqualTo(200);
    }

    @Test
    void anApiKeyIsLookedAtEachTime() {
        String key = owner.request()
                .body(Map.of("name", Api.uniqueName(), "scopes", List.of("chat:read")))
                .post("/api/v1/api-keys")
                .then()
                .statusCode(201)
                .extract()
                .path("key");
        String path = Streams.backstage(stream);
        plain(owner).get(path).then().statusCode(200);

        routed(() -> plain(owner).header("X-API-Key", key).get(path)).then().statusCode(403);
        for (int i = 0; i < 2; i++) {
            routed(() -> plain(null).header("X-API-Key", key).get("/api/v1/channels"))
                    .then()
                    .statusCode(200);
        }
    }

    @Test
    void whatTheResourceWouldRefuseIsRefused() {
        String path = Streams.backstage(stream);
        plain(owner).get(path).then().statusCode(200);

        routed(() -> plain(owner).accept("text/html").get(path)).then().statusCode(406);
        routed(() -> plain(owner).get(path + "?fields=none")).then().statusCode(400);
        routed(() -> plain(owner).delete(path)).then().statusCode(405);
        routed(() -> plain(owner).header("Origin", "https://elsewhere.example").get(path))
                .then()
                .statusCode(403);
    }

    @Test
    void theHeadersOfAHeadAreThoseOfItsGetButForTheLength() {
        for (String path : paths) {
            Response get = plain(owner).get(path);
            Response head = routed(() -> plain(owner).head(path));

            head.then().statusCode(200);
            assertThat(head.asByteArray()).isEmpty();
            assertThat(lasting(head))
                    .as(path)
                    .isEqualTo(lasting(get).stream()
                            .filter(header -> !header.getName().equals("content-length"))
                            .toList());
            plain(owner)
                    .header("If-None-Match", head.header("ETag"))
                    .head(path)
                    .then()
                    .statusCode(304);
        }
    }

    @Test
    void aWriteIsSeenByTheNextRead() {
        String path = Streams.backstage(stream);
        for (int i = 0; i < 20; i++) {
            String title = "Night " + i;
            plain(owner).get(path).then().statusCode(200);
            direct(() -> plain(owner).get(path)).then().statusCode(200);
            Streams.patch(owner, Streams.stream(stream), "*", Map.of("title", title))
                    .then()
                    .statusCode(200);

            assertThat(plain(owner).get(path).<String>path("stream.title")).isEqualTo(title);
        }
    }

    @Test
    void whoIsRemovedIsRefusedAtOnce() {
        Person guest = Streams.joined(owner, stream, "guest");
        String path = Streams.backstage(stream);
        plain(guest).get(path).then().statusCode(200);
        direct(() -> plain(guest).get(path)).then().statusCode(200);

        owner.request()
                .header("If-Match", "*")
                .delete(Streams.participant(stream, guest))
                .then()
                .statusCode(204);

        routed(() -> plain(guest).get(path)).then().statusCode(404);
    }

    @Test
    void directAnswersCountUnderTheRouteOfTheirResource() {
        String series = "http_request_duration_seconds_count{method=\"GET\",route=\"/api/v1/backstage/{streamId}\"";
        String path = Streams.backstage(stream);
        plain(owner).get(path).then().statusCode(200);
        double before = Metrics.sum(series);

        for (int i = 0; i < 5; i++) {
            direct(() -> plain(owner).get(path)).then().statusCode(200);
        }

        assertThat(Metrics.sum(series) - before).isEqualTo(5);
    }
}
