package dev.stagedoor.cache;

import dev.stagedoor.platform.redis.KeptConnection;
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

    /** When anything was last heard, or the subscription was sent. */
    private volatile long aliveAt;

    /** Redis takes a subscription when it comes to it: only a beat that is heard proves that it has. */
    private volatile boolean isProven;

    private Consumer<Request> publish;
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
        this.publish = publish;
        connection.open();
        timer = vertx.setPeriodic(BEAT.toMillis(), beat -> beat());
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
            return connection.ping(fresh).compose(answered -> subscribe(fresh));
        }

        @Override
        public Future<?> catchUp(RedisConnection fresh) {
            return Future.succeededFuture();
        }
    }

    private Future<?> subscribe(RedisConnection fresh) {
        isProven = false;
        aliveAt = nanoTime.getAsLong();
        fresh.handler(this::heard);
        return fresh.send(Request.cmd(Command.SUBSCRIBE)
                        .arg(RedisSecondLevel.TOUCHED)
                        .arg(beats))
                .onSuccess(subscribed -> publishBeat());
    }

    private void beat() {
        publishBeat();
        if (nanoTime.getAsLong() - aliveAt > MISSED_BEATS * BEAT.toNanos()) {
            connection.giveUp(new IllegalStateException("no beat was heard"));
        }
    }

    private void publishBeat() {
        publish.accept(Request.cmd(Command.PUBLISH).arg(beats).arg(nanoTime.getAsLong()));
    }

    /** Everything from the moment of the beat on is heard; what was before the first one may not have been. */
    private void confirm(long at) {
        if (!isProven) {
            listener.missedSome();
            isProven = true;
        }
        aliveAt = nanoTime.getAsLong();
        confirmedAt = at;
    }

    private void heard(Response push) {
        if (push.size() < 3 || !push.get(0).toString().equals("message")) {
            return;
        }
        String message = push.get(2).toString();
        if (push.get(1).toString().equals(beats)) {
            confirm(Long.parseLong(message));
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
