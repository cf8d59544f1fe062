package dev.stagedoor.platform.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.stagedoor.support.EmbeddedServices;
import dev.stagedoor.support.Program;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ShutdownIT {

    private static final String RECORD =
            "room%d\tshutdown/%d\t2026-01-01T00:00:0%d.000Z\tuser%d\tshutdown-%d\tmessage%d\thello\n";

    @Test
    void sigtermUnderLoadFailsNoRequestAndEndsWithZero() throws Exception {
        Map<String, String> environment = Program.environment();
        environment.put("STAGEDOOR_SHUTDOWN_DELAY", "3s");
        try (Program program = Program.ready(environment);
                Load load = new Load(program)) {
            load.awaitAnswers(200);

            program.terminate();
            await().until(() -> program.status("/q/health/ready") == 503);
            int beforeDrain = load.answers();
            load.awaitAnswers(beforeDrain + 50);
            load.stop();

            assertThat(load.failures()).isEmpty();
            assertThat(load.closing())
                    .as("answers that ask to close the connection")
                    .isPositive();
            assertThat(program.awaitExit()).as(program.output()).isZero();
        }
    }

    @Test
    void aRequestInFlightOutlivesTheDelay() throws Exception {
        Map<String, String> environment = Program.environment();
        environment.put("STAGEDOOR_SHUTDOWN_DELAY", "500ms");
        try (Program program = Program.ready(environment);
                Socket upload = new Socket(InetAddress.getLoopbackAddress(), program.port())) {
            OutputStream body = upload.getOutputStream();
            body.write(uploadHead(program).getBytes(StandardCharsets.UTF_8));
            body.write(chunk(1));
            await().until(ShutdownIT::importIsUnderWay);

            program.terminate();
            await().until(() -> program.output().contains("Waiting for HTTP requests to complete"));
            body.write(chunk(2));
            body.write("0\r\n\r\n".getBytes(StandardCharsets.UTF_8));

            assertThat(new String(upload.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                    .startsWith("HTTP/1.1 200")
                    .contains("\"records\":2");
            assertThat(program.awaitExit()).as(program.output()).isZero();
        }
    }

    private static String uploadHead(Program program) throws IOException {
        return String.join(
                        "\r\n",
                        "POST /api/v1/admin/archives HTTP/1.1",
                        "Host: localhost",
                        "Authorization: Bearer " + accessToken(program),
                        "Content-Type: text/tab-separated-values",
                        "Transfer-Encoding: chunked")
                + "\r\n\r\n";
    }

    /** One record as a chunk of its own. */
    private static byte[] chunk(int number) {
        String line = RECORD.replace("%d", Integer.toString(number));
        String chunk = Integer.toHexString(line.length()) + "\r\n" + line + "\r\n";
        return chunk.getBytes(StandardCharsets.UTF_8);
    }

    /** The import holds a lock in the database as long as it runs. */
    private static boolean importIsUnderWay() throws SQLException {
        String url =
                EmbeddedServices.servers().databaseUrl().replaceAll(".*@([^/]+)/.*", "jdbc:postgresql://$1/postgres");
        try (Connection connection = DriverManager.getConnection(url, "postgres", "postgres");
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT FROM pg_locks WHERE locktype = 'advisory'")) {
            return rows.next();
        }
    }

    private static String accessToken(Program program) throws IOException {
        String credentials = "{\"username\":\"admin\",\"password\":\"a-password-for-tests\"}";
        HttpRequest request = HttpRequest.newBuilder(program.uri("/api/v1/auth/login"))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(credentials))
                .build();
        return program.send(request).body().replaceAll(".*\"accessToken\":\"([^\"]+)\".*", "$1");
    }

    /** Callers behind a load balancer: they go on while the service is said to be ready, and until they are stopped. */
    private static final class Load implements AutoCloseable {

        private static final int CALLERS = 8;

        private final ExecutorService callers = Executors.newFixedThreadPool(CALLERS);
        private final AtomicBoolean running = new AtomicBoolean(true);
        private final AtomicInteger answers = new AtomicInteger();
        private final AtomicInteger closing = new AtomicInteger();
        private final ConcurrentLinkedQueue<String> failures = new ConcurrentLinkedQueue<>();
        private final List<? extends Future<?>> work;

        Load(Program program) throws IOException {
            HttpRequest request = HttpRequest.newBuilder(program.uri("/api/v1/channels?visibility=public"))
                    .header("Authorization", "Bearer " + accessToken(program))
                    .build();
            work = IntStream.range(0, CALLERS)
                    .mapToObj(caller -> callers.submit(() -> call(program, request)))
                    .toList();
        }

        private void call(Program program, HttpRequest request) {
            while (running.get()) {
                try {
                    HttpResponse<String> response = program.send(request);
                    if (response.statusCode() != 200) {
                        failures.add(response.statusCode() + " " + response.body());
                    }
                    if (response.headers().firstValue("Connection").orElse("").equalsIgnoreCase("close")) {
                        closing.incrementAndGet();
                    }
                } catch (IOException e) {
                    failures.add(e.toString());
                }
                answers.incrementAndGet();
            }
        }

        int answers() {
            return answers.get();
        }

        int closing() {
            return closing.get();
        }

        List<String> failures() {
            return List.copyOf(failures);
        }

        void awaitAnswers(int count) {
            await().until(() -> answers.get() >= count);
        }

        void stop() throws Exception {
            running.set(false);
            for (Future<?> caller : work) {
                caller.get();
            }
        }

        @Override
        public void close() {
            running.set(false);
            callers.shutdownNow();
        }
    }
}
