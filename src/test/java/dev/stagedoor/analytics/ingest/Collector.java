package dev.stagedoor.analytics.ingest;

import static org.awaitility.Awaitility.await;

import dev.stagedoor.analytics.Sample;
import dev.stagedoor.analytics.Samples;
import dev.stagedoor.support.Remote;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Sends samples of a stream until it is told to stop: some late, and each batch again and again until it is acknowledged. */
final class Collector implements Runnable {

    private static final int BATCH = 20;
    private static final long STEP_MILLIS = 700;
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final Duration RETRY = Duration.ofMillis(20);
    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    private static final int ACCEPTED = 202;

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final String url;
    private final Remote.Person owner;
    private final UUID streamId;
    private final Random random;
    private final Queue<Sample> acknowledged = new ConcurrentLinkedQueue<>();
    private volatile boolean isToStop;
    private long newest;

    Collector(String url, Remote.Person owner, UUID streamId, long begin, long seed) {
        this.url = url;
        this.owner = owner;
        this.streamId = streamId;
        this.newest = begin;
        this.random = new Random(seed);
    }

    UUID streamId() {
        return streamId;
    }

    Queue<Sample> acknowledged() {
        return acknowledged;
    }

    void stop() {
        isToStop = true;
    }

    @Override
    public void run() {
        while (!isToStop) {
            List<Sample> batch =
                    random.ints(BATCH, 0, 1_000).mapToObj(this::next).toList();
            HttpRequest request = request(batch);
            await().atMost(PATIENCE).pollInterval(RETRY).until(() -> isAccepted(request));
            acknowledged.addAll(batch);
        }
    }

    /** Every fifth is late. */
    private Sample next(int viewers) {
        boolean isLate = random.nextInt(5) == 0;
        long at = isLate ? newest - random.nextInt(200_000) : (newest += 1 + random.nextInt((int) STEP_MILLIS));
        return new Sample(streamId, at, viewers, 1, null, null, null, null);
    }

    private HttpRequest request(List<Sample> batch) {
        JsonArray body = new JsonArray(batch.stream()
                .map(sample -> new JsonObject()
                        .put("streamId", streamId.toString())
                        .put("timestamp", Instant.ofEpochMilli(sample.at()).toString())
                        .put("viewerCount", sample.viewerCount())
                        .put("chatActivity", sample.chatActivity()))
                .toList());
        return HttpRequest.newBuilder(URI.create(url + Samples.BATCH))
                .timeout(TIMEOUT)
                .header("Authorization", "Bearer " + owner.token())
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body.encode()))
                .build();
    }

    private boolean isAccepted(HttpRequest request) {
        try {
            return client.send(request, BodyHandlers.discarding()).statusCode() == ACCEPTED;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
