package dev.stagedoor.realtime.pusher.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WebhookQueueTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Vertx vertx = Vertx.vertx();
    private final Counter dropped = new SimpleMeterRegistry().counter("dropped");
    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.EPOCH);
    private final Queue<JsonObject> taken = new ConcurrentLinkedQueue<>();
    private final Queue<String> bodies = new ConcurrentLinkedQueue<>();
    private final AtomicInteger toRefuse = new AtomicInteger();

    private final class SetClock extends Clock {

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now.get();
        }
    }

    @AfterEach
    void close() {
        assertThat(vertx.close().toCompletionStage().toCompletableFuture()).succeedsWithin(PATIENCE);
    }

    private WebhookQueue queue() {
        HttpServer server = vertx.createHttpServer().requestHandler(this::answer);
        assertThat(server.listen(0, "127.0.0.1").toCompletionStage().toCompletableFuture())
                .succeedsWithin(PATIENCE);
        return queue("http://127.0.0.1:" + server.actualPort() + "/hooks?token=1");
    }

    private WebhookQueue queue(String url) {
        WebhookTarget target =
                new WebhookTarget(vertx.createHttpClient(), url, "a-key", body -> "signed-" + body.length);
        return new WebhookQueue(vertx, new SetClock(), target, dropped);
    }

    private void answer(HttpServerRequest request) {
        request.body().onSuccess(body -> {
            assertThat(request.uri()).isEqualTo("/hooks?token=1");
            bodies.add(body.toString());
            boolean isWellMade = "a-key".equals(request.getHeader("X-Pusher-Key"))
                    && ("signed-" + body.length()).equals(request.getHeader("X-Pusher-Signature"))
                    && "application/json".equals(request.getHeader("Content-Type"));
            if (toRefuse.getAndDecrement() > 0 || !isWellMade) {
                request.response().setStatusCode(500).end();
                return;
            }
            body.toJsonObject().getJsonArray("events").forEach(event -> taken.add((JsonObject) event));
            request.response().setStatusCode(204).end();
        });
    }

    private List<Integer> numbers() {
        return taken.stream().map(event -> event.getInteger("number")).toList();
    }

    private static List<Integer> upTo(int end) {
        return IntStream.range(0, end).boxed().toList();
    }

    private static void add(WebhookQueue queue, int from, int to) {
        IntStream.range(from, to).forEach(i -> queue.add(new JsonObject().put("number", i)));
    }

    @Test
    void eventsAreSentTogetherAndInOrder() {
        WebhookQueue queue = queue();

        add(queue, 0, 1_000);

        await().atMost(PATIENCE).until(() -> taken.size() == 1_000);
        assertThat(numbers()).isEqualTo(upTo(1_000));
        assertThat(bodies)
                .hasSize(10)
                .allSatisfy(body ->
                        assertThat(new JsonObject(body).getLong("time_ms")).isZero());
    }

    @Test
    void whatIsNotTakenIsSentAgainBeforeAllElse() {
        toRefuse.set(2);
        WebhookQueue queue = queue();

        add(queue, 0, 3);
        await().atMost(PATIENCE).until(() -> bodies.size() == 1);
        add(queue, 3, 5);

        await().atMost(PATIENCE).until(() -> taken.size() == 5);
        assertThat(numbers()).isEqualTo(upTo(5));
        assertThat(new ArrayList<>(bodies).subList(0, 3))
                .as("the very same bytes")
                .containsOnly(bodies.peek());
        assertThat(bodies).hasSize(4);
        assertThat(dropped.count()).isZero();
    }

    @Test
    void afterFiveMinutesAnEventIsDroppedAndTheNextOnesAreSent() {
        toRefuse.set(2);
        WebhookQueue queue = queue();
        add(queue, -3, 0);
        await().atMost(PATIENCE).until(() -> bodies.size() == 1);

        now.set(Instant.EPOCH.plusSeconds(301));
        add(queue, 0, 2);

        await().atMost(PATIENCE).until(() -> taken.size() == 2);
        assertThat(numbers()).isEqualTo(upTo(2));
        assertThat(dropped.count()).isEqualTo(3);
    }

    @Test
    void ofTooManyTheOldestAreDropped() {
        toRefuse.set(1);
        WebhookQueue queue = queue();
        add(queue, -1, 0);
        await().atMost(PATIENCE).until(() -> bodies.size() == 1);

        add(queue, -1_000, WebhookQueue.MAX_WAITING);

        await().atMost(PATIENCE).until(() -> taken.size() == 1 + WebhookQueue.MAX_WAITING);
        assertThat(numbers().subList(1, 1 + WebhookQueue.MAX_WAITING)).isEqualTo(upTo(WebhookQueue.MAX_WAITING));
        assertThat(dropped.count()).isEqualTo(1_000);
    }

    @Test
    void ofTooLongOnesTheOldestAreDropped() {
        toRefuse.set(1);
        WebhookQueue queue = queue();
        add(queue, -1, 0);
        await().atMost(PATIENCE).until(() -> bodies.size() == 1);

        String data = "x".repeat(WebhookQueue.MAX_CHARS / 10);
        IntStream.range(-3, 9)
                .forEach(i -> queue.add(new JsonObject().put("number", i).put("data", data)));

        await().atMost(PATIENCE).until(() -> taken.size() == 10);
        assertThat(numbers().subList(1, 10)).isEqualTo(upTo(9));
        assertThat(dropped.count()).isEqualTo(3);
    }

    @Test
    void whereNobodyAnswersItIsTriedAgain() {
        WebhookQueue queue = queue("http://127.0.0.1:1/hooks");

        add(queue, 0, 1);

        await().atMost(PATIENCE).until(() -> {
            now.updateAndGet(time -> time.plusSeconds(100));
            return dropped.count() == 1;
        });
    }
}
