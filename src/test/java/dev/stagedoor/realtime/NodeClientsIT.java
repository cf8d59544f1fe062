package dev.stagedoor.realtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.stagedoor.availability.CalendarSamples;
import dev.stagedoor.support.EmbeddedServices;
import dev.stagedoor.support.FreePort;
import dev.stagedoor.support.Program;
import dev.stagedoor.support.PusherSocket;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The clients that people have, from the npm registry. Skipped where there is no Node 20 or newer. */
class NodeClientsIT {

    private static final Path CLIENTS = Path.of("src/test/clients");
    private static final int OLDEST_NODE = 20;
    private static final int MOST_MINUTES = 4;
    private static final int NOT_FOUND = 127;

    /** What a process has printed, and how it ended. */
    private record Finished(int status, String output) {}

    @Test
    void theClientsThatPeopleHaveWorkUnchanged() throws Exception {
        assumeThat(nodeVersion())
                .as("Node %d or newer is not installed: no client of the npm registry is tested", OLDEST_NODE)
                .isGreaterThanOrEqualTo(OLDEST_NODE);
        Path clients = copyOfClients();
        Finished install = run(clients, Map.of(), "npm", "ci", "--prefer-offline", "--no-audit", "--no-fund");
        assumeThat(install.status())
                .as("npm cannot install the clients, so none is tested:\n%s", install.output())
                .isZero();

        int webhookPort = FreePort.next();
        try (Program program = Program.ready(service(webhookPort))) {
            Finished tests = run(
                    clients,
                    environment(program, webhookPort),
                    "node",
                    "--test",
                    "--test-concurrency=1",
                    "--test-force-exit");

            assertThat(tests.status()).as(tests.output()).isZero();
            assertThat(program.output()).doesNotContain(" ERROR ");
        }
    }

    private static int nodeVersion() throws Exception {
        Finished version = run(CLIENTS, Map.of(), "node", "--version");
        return version.status() == 0 ? Integer.parseInt(version.output().trim().replaceAll("v(\\d+).*", "$1")) : 0;
    }

    /** What is installed goes into the folder of the test run. */
    private static Path copyOfClients() throws IOException {
        Path copy = Files.createTempDirectory(EmbeddedServices.folder(), "clients-");
        try (var files = Files.walk(CLIENTS)) {
            for (Path file : files.filter(each -> !each.toString().contains("node_modules"))
                    .toList()) {
                Path target = copy.resolve(CLIENTS.relativize(file));
                if (Files.isDirectory(file)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(file, target);
                }
            }
        }
        return copy;
    }

    private static Finished run(Path folder, Map<String, String> environment, String... command) throws Exception {
        Path output = Files.createTempFile(EmbeddedServices.folder(), "node-", ".log");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().putAll(environment);
        try {
            Process process = builder.start();
            boolean isInTime = process.waitFor(MOST_MINUTES, TimeUnit.MINUTES);
            if (!isInTime) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly();
            }
            return new Finished(isInTime ? process.exitValue() : -1, Files.readString(output));
        } catch (IOException e) {
            return new Finished(NOT_FOUND, List.of(command) + ": " + e);
        }
    }

    private static Map<String, String> service(int webhookPort) {
        Map<String, String> environment = new HashMap<>(Program.environment());
        environment.put("STAGEDOOR_PUSHER_APPS_HOOKED_ID", "hooked");
        environment.put("STAGEDOOR_PUSHER_APPS_HOOKED_KEY", "hooked-key");
        environment.put("STAGEDOOR_PUSHER_APPS_HOOKED_SECRET", "a-secret-of-the-hooked-app");
        environment.put("STAGEDOOR_PUSHER_APPS_HOOKED_SUBSCRIPTION_COUNTS", "true");
        environment.put("STAGEDOOR_PUSHER_APPS_HOOKED_WEBHOOK_URL", "http://127.0.0.1:" + webhookPort + "/webhooks");
        return environment;
    }

    private static Map<String, String> environment(Program program, int webhookPort) throws IOException {
        Map<String, String> environment = new HashMap<>();
        environment.put("STAGEDOOR_URL", program.uri("").toString());
        environment.put("WEBHOOK_PORT", Integer.toString(webhookPort));
        environment.put("CALENDAR_FILES", calendarFiles().toString());
        environment.putAll(app("PUSHER_APP", PusherSocket.APP_ID, PusherSocket.KEY, PusherSocket.SECRET));
        environment.putAll(app("OTHER_APP", "other", "other-key", "a-secret-of-the-other-app"));
        environment.putAll(app("HOOKED_APP", "hooked", "hooked-key", "a-secret-of-the-hooked-app"));
        return environment;
    }

    private static Path calendarFiles() throws IOException {
        Path folder = Files.createTempDirectory(EmbeddedServices.folder(), "calendars-");
        CalendarSamples.writeTo(folder);
        return folder;
    }

    private static Map<String, String> app(String prefix, String id, String key, String secret) {
        return Map.of(prefix + "_ID", id, prefix + "_KEY", key, prefix + "_SECRET", secret);
    }
}
