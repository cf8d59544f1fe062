package dev.stagedoor.cache;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.RedisConnection;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Hears what other nodes invalidate. Redis keeps the order of what it publishes: when this node hears a beat of its own
 * again, it has heard everything that was published before.
 */
final class RedisSubscription {

    private static final Duration BEAT = Duration.ofMillis(500);

    /** A connection on which this many beats were not heard is one that nothing arrives on. */
    private static final int MISSED_BEATS = 4;

    private final Vertx vertx;
    private final String node;
    private final String beats;
    private final AtomicLong tokens = new AtomicLong();
    private final LongSupplier nanoTime;
    private final Listener listener;
    private final KeptConnection connection;
    private volatile long confirmedAt;
    private long timer;

    /** What the node does about it. */
    interface Listener {

        void touched(int[] slots);

        /** Anything may have been touched while nothing was heard. */
        void missedSome();
    }

    /** @param node this process, among all that use the Redis */
    RedisSubscription(
            Vertx vertx, String node, String url, Duration timeout, LongSupplier nanoTime, Listener listener) {
        this.vertx = vertx;
        this.node = node;
        this.beats = "stagedoor:cache:beat:" + node;
        this.nanoTime = nanoTime;
        this.listener = listener;
        this.confirmedAt = nanoTime.getAsLong() - Duration.ofDays(1).toNanos();
        this.connection = new KeptConnection(vertx, url, "invalidations", timeout, new Subscribing());
    }

    /** @param publish sends a command on another connection: this one only listens */
    void start(Consumer<Request> publish) {
        connection.open();
        timer = vertx.setPeriodic(BEAT.toMillis(), beat -> beat(publish));
    }

    void stop() {
        vertx.cancelTimer(timer);
        connection.stop();
    }

    String node() {
        return node;
    }

    String newToken() {
        return node + ":" + tokens.incrementAndGet();
    }

    long confirmedAt() {
        return confirmedAt;
    }

    private final class Subscribing implements KeptConnection.Preparation {

        @Override
        public Future<?> prepare(RedisConnection fresh) {
            return subscribe(fresh);
        }

        @Override
        public boolean isComplete() {
            return true;
        }
    }

    private Future<?> subscribe(RedisConnection fresh) {
        fresh.handler(this::heard);
        return fresh.send(Request.cmd(Command.SUBSCRIBE)
                        .arg(RedisSecondLevel.TOUCHED)
                        .arg(beats))
                .onSuccess(subscribed -> begin());
    }

    private void begin() {
        listener.missedSome();
        confirmedAt = nanoTime.getAsLong();
    }

    private void beat(Consumer<Request> publish) {
        publish.accept(Request.cmd(Command.PUBLISH).arg(beats).arg(nanoTime.getAsLong()));
        if (nanoTime.getAsLong() - confirmedAt > MISSED_BEATS * BEAT.toNanos()) {
            connection.giveUp(new IllegalStateException("no beat was heard"));
        }
    }

    private void heard(Response push) {
        if (push.size() < 3 || !push.get(0).toString().equals("message")) {
            return;
        }
        String message = push.get(2).toString();
        if (push.get(1).toString().equals(beats)) {
            confirmedAt = Long.parseLong(message);
            return;
        }
        String[] words = message.split(" ", -1);
        if (words[0].equals(node)) {
            return;
        }
        if (words.length == 2 && words[1].equals("all")) {
            listener.missedSome();
        } else {
            listener.touched(Arrays.stream(words, 1, words.length)
                    .mapToInt(Integer::parseInt)
                    .toArray());
        }
    }
}
