package dev.stagedoor.realtime.pusher.webhook;

import io.micrometer.core.instrument.Counter;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jboss.logging.Logger;

/**
 * Sends events to one address, in order, some together; again, after longer and longer pauses, where they are not taken. What
 * is not taken in time is dropped, and of what waits too long a queue the oldest.
 */
public final class WebhookQueue {

    static final int MAX_WAITING = 10_000;

    /** Of all that wait, as JSON: their names and data may be long. */
    static final int MAX_CHARS = 8 << 20;

    private static final Logger LOG = Logger.getLogger(WebhookQueue.class);

    private static final int MAX_BATCH = 100;
    private static final long GATHERING_MILLIS = 50;
    private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private final Context context;
    private final Clock clock;
    private final WebhookTarget target;
    private final Counter dropped;

    // All that follows is touched on the context alone.
    private final Deque<String> waiting = new ArrayDeque<>();
    private int waitingChars;
    private boolean isSending;
    private Long gathering;

    /**
     * An empty queue.
     *
     * @param dropped counts the events that nobody is told of
     */
    public WebhookQueue(Vertx vertx, Clock clock, WebhookTarget target, Counter dropped) {
        this.context = vertx.getOrCreateContext();
        this.clock = clock;
        this.target = target;
        this.dropped = dropped;
    }

    /** What is sent together. */
    private record Batch(Buffer body, int events, long since) {}

    /** Takes an event; on any thread. */
    public void add(JsonObject event) {
        String encoded = event.encode();
        context.runOnContext(ignored -> enqueue(encoded));
    }

    private void enqueue(String event) {
        while (!waiting.isEmpty() && (waiting.size() == MAX_WAITING || waitingChars + event.length() > MAX_CHARS)) {
            waitingChars -= waiting.remove().length();
            dropped.increment();
        }
        waiting.add(event);
        waitingChars += event.length();
        if (!isSending) {
            gatherOrSend();
        }
    }

    /** Waits a moment for more, unless there is enough for one request. */
    private void gatherOrSend() {
        if (waiting.size() >= MAX_BATCH) {
            if (gathering == null || context.owner().cancelTimer(gathering)) {
                sendWaiting();
            }
        } else if (gathering == null && !waiting.isEmpty()) {
            gathering = context.owner().setTimer(GATHERING_MILLIS, timer -> sendWaiting());
        }
    }

    private void sendWaiting() {
        gathering = null;
        isSending = true;
        List<String> events = new ArrayList<>();
        while (!waiting.isEmpty() && events.size() < MAX_BATCH) {
            events.add(waiting.remove());
        }
        waitingChars -= events.stream().mapToInt(String::length).sum();
        long now = clock.millis();
        Buffer body = Buffer.buffer("{\"time_ms\":" + now + ",\"events\":[" + String.join(",", events) + "]}");
        send(new Batch(body, events.size(), now), FIRST_PAUSE);
    }

    private void send(Batch batch, Duration pause) {
        target.post(batch.body()).onSuccess(taken -> sent()).onFailure(failure -> notSent(batch, pause, failure));
    }

    private void sent() {
        isSending = false;
        gatherOrSend();
    }

    private void notSent(Batch batch, Duration pause, Throwable failure) {
        LOG.debugf("%d events are not taken: %s", batch.events(), failure.toString());
        if (clock.millis() + pause.toMillis() > batch.since() + PATIENCE.toMillis()) {
            LOG.warnf("%d events of webhooks are dropped: %s", batch.events(), failure.toString());
            dropped.increment(batch.events());
            sent();
        } else {
            Duration next = pause.multipliedBy(2);
            context.owner()
                    .setTimer(
                            pause.toMillis(),
                            timer -> send(batch, next.compareTo(LONGEST_PAUSE) < 0 ? next : LONGEST_PAUSE));
        }
    }
}
