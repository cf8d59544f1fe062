package dev.stagedoor.platform.db;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stagedoor.support.Forwarder;
import dev.stagedoor.support.Program;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DatabaseAwayIT {

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
