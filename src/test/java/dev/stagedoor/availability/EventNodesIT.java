package dev.stagedoor.availability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import dev.stagedoor.support.Database;
import dev.stagedoor.support.EmbeddedServices;
import dev.stagedoor.support.Nodes;
import dev.stagedoor.support.Program;
import dev.stagedoor.support.Remote;
import io.restassured.path.json.JsonPath;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("executable")
class EventNodesIT {

    private static final String EVENTS = "/api/v1/events";
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final List<String> heard = new CopyOnWriteArrayList<>();
    private volatile boolean isListening;
    private HttpServer server;

    /** What a webhook goes to; it refuses what it hears until it listens. */
    @BeforeEach
    void listen() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            if (isListening) {
                heard.add(body);
            }
            exchange.sendResponseHeaders(isListening ? 200 : 503, -1);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private Map<String, String> environment(String... more) {
        Map<String, String> environment = new HashMap<>(Program.environment());
        environment.put(
                "STAGEDOOR_PUSHER_APP_WEBHOOK_URL",
                "http://127.0.0.1:" + server.getAddress().getPort() + "/");
        for (int i = 0; i < more.length; i += 2) {
            environment.put(more[i], more[i + 1]);
        }
        return environment;
    }

    private static void answer(Remote remote, String token, String name) {
        JsonPath joined = remote.request()
                .body(Map.of("name", name))
                .post(EVENTS + "/" + token + "/participants")
                .then()
                .statusCode(201)
                .extract()
                .jsonPath();
        remote.request()
                .header("X-Session-Key", joined.getString("sessionKey"))
                .body(Map.of("yes", List.of(0)))
                .put(EVENTS + "/" + token + "/participants/" + joined.getString("id"))
                .then()
                .statusCode(200);
    }

    private static long told(String token) {
        return Database.query("SELECT name FROM outbox WHERE topic = 'private-event-" + token + "'").stream()
                .filter("event.updated"::equals)
                .count();
    }

    /** The token of an event that all who take part have answered at a process that was killed then. */
    private String answeredAtAProcessThatWasKilled() {
        String token;
        String log;
        try (Program program = Program.ready(environment("PERFORMANCE_LOG_LEVEL", "debug"))) {
            Remote remote = new Remote(program.uri("").toString());
            token = remote.request()
                    .body(GroupEvents.event())
                    .post(EVENTS)
                    .then()
                    .statusCode(201)
                    .extract()
                    .path("token");
            answer(remote, token, "Ada");
            program.kill();
            log = program.output();
        }
        assertThat(log)
                .contains("POST /api/v1/events/{token}/participants 201 took")
                .doesNotContain(token);
        return token;
    }

    @Test
    void whatAKilledProcessHadLeftToTellTheNextOneTells() {
        String token = answeredAtAProcessThatWasKilled();
        assertThat(heard).isEmpty();
        isListening = true;

        try (Program program = Program.ready(environment("ENABLE_PERFORMANCE_MONITORING", "false"))) {
            await().atMost(PATIENCE).until(() -> heard.stream().anyMatch(body -> body.contains(token)));
            await().atMost(PATIENCE).until(() -> told(token) == 2);
            assertThat(heard.stream()
                            .filter(body -> body.contains(token))
                            .findFirst()
                            .orElseThrow())
                    .contains("\"name\":\"event_all_answered\"")
                    .contains("\"channel\":\"private-event-" + token + "\"");
            assertThat(statusOfTheMonitor(new Remote(program.uri("").toString())))
                    .isEqualTo(404);
        }
    }

    private static int statusOfTheMonitor(Remote remote) {
        String admin = remote.request()
                .body(Map.of("username", EmbeddedServices.ADMIN_USERNAME, "password", EmbeddedServices.ADMIN_PASSWORD))
                .post("/api/v1/auth/login")
                .then()
                .statusCode(200)
                .extract()
                .path("accessToken");
        return remote.request()
                .header("Authorization", "Bearer " + admin)
                .get("/api/performance/monitor")
                .statusCode();
    }

    @Test
    void whoIsTakenOutIsSeenOnNoNode() {
        try (Nodes nodes = new Nodes(List.of(environment(), environment()))) {
            Remote one = new Remote(nodes.url(0));
            Remote other = new Remote(nodes.url(1));
            JsonPath made = one.request().body(GroupEvents.event()).post(EVENTS).jsonPath();
            String path = EVENTS + "/" + made.getString("token");
            answer(one, made.getString("token"), "Ada");
            String id = other.request().get(path).jsonPath().getString("participants[0].id");

            one.request()
                    .header("X-Organizer-Key", made.getString("organizerKey"))
                    .delete(path + "/participants/" + id)
                    .then()
                    .statusCode(204);

            assertThat(one.request().get(path).jsonPath().getList("participants"))
                    .isEmpty();
            await().atMost(Duration.ofSeconds(1))
                    .until(() -> other.request()
                            .get(path)
                            .jsonPath()
                            .getList("participants")
                            .isEmpty());
        }
    }
}
