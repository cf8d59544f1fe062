package dev.stagedoor.realtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.stagedoor.support.Program;
import dev.stagedoor.support.PusherSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What clients see when a process is asked to stop. */
class DrainIT {

    private static final int SEND_ELSEWHERE = 4200;
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    private static Map<String, String> environment() {
        Map<String, String> environment = Program.environment();
        environment.put("STAGEDOOR_SHUTDOWN_DELAY", "1s");
        environment.put("STAGEDOOR_REALTIME_DRAIN_WINDOW", "3s");
        return environment;
    }

    private static CompletableFuture<HttpResponse<Stream<String>>> stream(Program program) {
        URI address = URI.create("http://127.0.0.1:" + program.port() + "/api/v1/sse?channels=streams");
        return CLIENT.sendAsync(HttpRequest.newBuilder(address).build(), BodyHandlers.ofLines());
    }

    @Test
    void connectionsAreSentElsewhereOneAfterTheOtherAndTheProcessEndsWithZero() throws Exception {
        try (Program program = Program.ready(environment())) {
            String url = "http://127.0.0.1:" + program.port();
            List<PusherSocket> sockets =
                    Stream.generate(() -> PusherSocket.open(url)).limit(10).toList();
            HttpResponse<Stream<String>> events = stream(program).get();
            assertThat(events.statusCode()).isEqualTo(200);

            program.terminate();
            await().until(() -> sockets.stream().anyMatch(socket -> !socket.isOpen()));

            assertThat(sockets.stream().filter(PusherSocket::isOpen))
                    .as("closed one after the other")
                    .isNotEmpty();
            assertThat(stream(program).get().statusCode())
                    .as("who comes now is sent elsewhere")
                    .isEqualTo(503);
            for (PusherSocket socket : sockets) {
                assertThat(socket.closed().get()).isEqualTo(SEND_ELSEWHERE);
            }
            assertThat(events.body().toList())
                    .as("the stream ends, and was one")
                    .contains("event: ready");
            assertThat(program.awaitExit()).as(program.output()).isZero();
            assertThat(program.output()).doesNotContain("Timed out waiting for graceful shutdown");
        }
    }
}
