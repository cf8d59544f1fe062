package dev.stagedoor.realtime;

import static org.awaitility.Awaitility.await;

import dev.stagedoor.support.Chat;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/** Says 1, 2, 3 … in a chat channel: each number again, under the same id, until it is acknowledged. */
final class Counting implements AutoCloseable {

    private static final int CREATED = 201;
    private static final int OK = 200;

    /** Between numbers, in nanoseconds. */
    private static final long PAUSE = 5_000_000;

    /** An offer of HTTP/2 is nothing that every balancer passes on rightly. */
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final Supplier<String> url;
    private final String accessToken;
    private final String channelId;
    private final Thread thread = new Thread(this::count, "counting");
    private volatile boolean isStopped;
    private volatile int acknowledged;
    private volatile String failure = "";

    Counting(Supplier<String> url, String accessToken, String channelId) {
        this.url = url;
        this.accessToken = accessToken;
        this.channelId = channelId;
    }

    void start() {
        thread.start();
    }

    private void count() {
        for (int number = 1; !isStopped; number++) {
            while (!isAcknowledged(number)) {
                LockSupport.parkNanos(PAUSE);
            }
            acknowledged = number;
            LockSupport.parkNanos(PAUSE);
        }
    }

    private boolean isAcknowledged(int number) {
        try {
            int status = client.send(
                            message(url.get(), accessToken, channelId, Integer.toString(number)),
                            BodyHandlers.discarding())
                    .statusCode();
            failure = "status " + status;
            return status == CREATED || status == OK;
        } catch (IOException e) {
            failure = e.toString();
            return false;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Says something, under an id that is the same as it. */
    static HttpRequest message(String url, String accessToken, String channelId, String text) {
        return HttpRequest.newBuilder(URI.create(url + Chat.messages(channelId)))
                .timeout(Duration.ofSeconds(5))
                .header("Authorization", "Bearer " + accessToken)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(
                        new JsonObject().put("text", text).put("clientId", text).encode()))
                .build();
    }

    /** Waits until that many more are acknowledged. */
    void awaitMore(int count) {
        int before = acknowledged;
        await(failure).until(() -> acknowledged >= before + count);
    }

    /** All that was said. */
    List<Integer> stop() {
        isStopped = true;
        await().until(() -> !thread.isAlive());
        return IntStream.rangeClosed(1, acknowledged).boxed().toList();
    }

    @Override
    public void close() {
        isStopped = true;
    }
}
