package dev.stagedoor.platform.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stagedoor.support.EmbeddedServices;
import dev.stagedoor.support.Program;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EmbeddedDefaultIT {

    @Test
    void keepsItsDataOverARestartAndAKill() throws IOException {
        Path folder = Files.createTempDirectory(EmbeddedServices.folder(), "embedded-default-");
        if (Program.isNative()) {
            assertNativeHasNoServers(folder);
            return;
        }
        Map<String, String> environment = Map.of("STAGEDOOR_SHUTDOWN_DELAY", "100ms");

        try (Program first = Program.ready(folder, environment)) {
            assertThat(post(first, "register", ",\"displayName\":\"Ada\"")).isEqualTo(201);
            first.terminate();
            assertThat(first.awaitExit()).as(first.output()).isZero();
        }
        assertThat(folder.resolve(".stagedoor/postgres/postmaster.pid"))
                .as("PostgreSQL was stopped")
                .doesNotExist();

        try (Program second = Program.ready(folder, environment)) {
            assertThat(post(second, "login", "")).as("after a restart").isEqualTo(200);
            second.kill();
        }
        try (Program third = Program.ready(folder, environment)) {
            assertThat(post(third, "login", "")).as("after a kill").isEqualTo(200);
            third.terminate();
            assertThat(third.awaitExit()).isZero();
        }
    }

    private static void assertNativeHasNoServers(Path folder) {
        try (Program program = Program.start(folder, Map.of())) {
            assertThat(program.awaitExit()).isEqualTo(2);
            assertThat(program.output()).contains("set DATABASE_URL and REDIS_URL");
        }
    }

    private static int post(Program program, String action, String more) throws IOException {
        String body = "{\"username\":\"ada\",\"password\":\"correct horse battery\"" + more + "}";
        return program.send(HttpRequest.newBuilder(program.uri("/api/v1/auth/" + action))
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(body))
                        .build())
                .statusCode();
    }
}
