package dev.stagedoor.platform.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.stagedoor.support.Forwarder;
import dev.stagedoor.support.Program;
import dev.stagedoor.support.Remote;
import io.restassured.response.Response;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DatabaseAwayIT {

    private static final String STREAMS = "/api/v1/streams";
    private static final String STALE = "stagedoor; hit; ttl=-.*";
    private static final String FRESH = "stagedoor; .*; ttl=[0-9].*";

    @Test
    void comesUpLiveAndNotReadyAndRecoversByItself() throws IOException {
        Map<String, String> environment = Program.environment();
        try (Forwarder database = before(environment, "DATABASE_URL");
                Program program = Program.start(environment)) {
            program.awaitStatus("/q/health/live", 200);
            assertThat(program.status("/q/health/ready")).isEqualTo(503);
            assertThat(program.status("/q/health/started")).isEqualTo(503);
            assertThat(program.status("/health")).isEqualTo(200);
            assertUnavailable(signIn(program));

            database.open();
            program.awaitReady();
            assertThat(signIn(program).statusCode()).isEqualTo(200);

            database.refuse();
            program.awaitStatus("/q/health/ready", 503);
            assertThat(program.status("/q/health/live")).isEqualTo(200);
            assertUnavailable(signIn(program));

            database.open();
            program.awaitReady();
            assertThat(signIn(program).statusCode()).isEqualTo(200);
        }
    }

    @Test
    void goesOnWithoutRedisAndWithAHungOne() throws IOException {
        Map<String, String> environment = Program.environment();
        try (Forwarder redis = before(environment, "REDIS_URL");
                Program program = Program.ready(environment)) {
            assertThat(signIn(program).statusCode()).as("Redis is away").isEqualTo(200);

            redis.open();
            assertThat(signIn(program).statusCode()).as("Redis is back").isEqualTo(200);

            redis.hang();
            assertThat(signIn(program).statusCode()).as("Redis hangs").isEqualTo(200);
            assertThat(program.status("/q/health/ready")).isEqualTo(200);
        }
    }

    @Test
    void cachedReadsGoOnMarkedStaleUntilItIsBack() throws IOException {
        Map<String, String> environment = Program.environment();
        for (String cache : List.of("USERS", "CHANNELS", "STREAMS", "PARTICIPANTS", "BACKSTAGE")) {
            environment.put("CACHE_TTL_" + cache, "1000");
        }
        environment.put("STAGEDOOR_CACHE_LOAD_TIMEOUT", "500ms");
        try (Forwarder database = before(environment, "DATABASE_URL")) {
            database.open();
            try (Program program = Program.ready(environment)) {
                Remote.Person ada = new Remote("http://127.0.0.1:" + program.port()).signUp();
                List<String> paths = warmPaths(ada);

                database.hang();
                paths.forEach(path -> awaitStatus(ada, path, STALE));
                database.refuse();
                paths.forEach(path -> awaitStatus(ada, path, STALE));
                ada.request().body(Map.of("title", "No")).post(STREAMS).then().statusCode(503);

                database.open();
                program.awaitReady();
                paths.forEach(path -> awaitStatus(ada, path, FRESH));
            }
        }
    }

    private static List<String> warmPaths(Remote.Person ada) {
        String stream = ada.request()
                .body(Map.of("title", "Opening night"))
                .post(STREAMS)
                .then()
                .statusCode(201)
                .extract()
                .path("id");
        List<String> paths = List.of(
                "/api/v1/users/me",
                "/api/v1/channels",
                STREAMS,
                STREAMS + "/" + stream,
                STREAMS + "/" + stream + "/participants",
                "/api/v1/backstage/" + stream);
        paths.forEach(path -> awaitStatus(ada, path, FRESH));
        return paths;
    }

    /** Waits for what the cache says of itself; at no time is an answer anything but complete. */
    private static void awaitStatus(Remote.Person reader, String path, String expected) {
        await().alias(path + " as " + expected).atMost(Duration.ofSeconds(30)).until(() -> {
            Response answer = reader.request().get(path);
            answer.then().statusCode(200);
            return answer.header("Cache-Status").matches(expected);
        });
    }

    /** Puts a forwarder, closed yet, before the server of this setting. */
    private static Forwarder before(Map<String, String> environment, String setting) {
        int port = URI.create(environment.get(setting)).getPort();
        Forwarder forwarder = new Forwarder(port);
        environment.computeIfPresent(setting, (name, url) -> url.replace(":" + port, ":" + forwarder.port()));
        return forwarder;
    }

    private static HttpResponse<String> signIn(Program program) throws IOException {
        return program.send(HttpRequest.newBuilder(program.uri("/api/v1/auth/login"))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{\"username\":\"admin\",\"password\":\"a-password-for-tests\"}"))
                .build());
    }

    private static void assertUnavailable(HttpResponse<String> response) {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(503);
        assertThat(response.headers().firstValue("Retry-After")).isPresent();
        assertThat(response.headers().firstValue("Content-Type")).hasValue("application/problem+json");
    }
}
