package dev.stagedoor.bench;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;

/**
 * Triggers events at a fixed rate, whatever becomes of them, and takes the time from when each was due until subscribers
 * have it: a server that falls behind shows.
 */
final class TriggerLatency implements AutoCloseable {

    private static final int SUBSCRIBERS = 100;
    private static final int PUBLISHERS = 8;
    private static final int PER_SECOND = 100;
    private static final long INTERVAL_NANOS = 1_000_000_000L / PER_SECOND;
    private static final String CHANNEL = "latency";
    private static final String EVENT = "tick";

    /** Nanoseconds since the begin, with leading zeros. */
    private static final String DUE = "%019d";

    private static final int DIGITS = 19;
    private static final String HEAD = "{\"event\":\"" + EVENT + "\",\"channel\":\"" + CHANNEL + "\",\"data\":\"";
    private static final int FRAME_BYTES = ClientSocket.frameBytes(HEAD + "0".repeat(DIGITS) + "\"}");
    private static final int DIGITS_AT = FRAME_BYTES - 2 - DIGITS;
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Selector selector = Selector.open();
    private final Subscriber[] subscribers = new Subscriber[SUBSCRIBERS];
    private final HttpPublishers publishers;
    private long[] nanos;
    private int arrived;
    private long begin;

    /** @param subscribersAt the port of the node that has the subscribers; {@code port} is told the events */
    TriggerLatency(int port, int subscribersAt) throws IOException {
        publishers = new HttpPublishers(selector, port, PUBLISHERS, 200);
        for (int i = 0; i < SUBSCRIBERS; i++) {
            subscribers[i] = new Subscriber(ClientSocket.subscribed(subscribersAt, CHANNEL));
        }
    }

    /** In milliseconds. */
    record Latency(double p50, double p99) {}

    Latency run(Duration duration) throws IOException {
        int events = Math.toIntExact(duration.toNanos() / INTERVAL_NANOS);
        nanos = new long[events * SUBSCRIBERS];
        arrived = 0;
        begin = System.nanoTime();
        for (int i = 0; i < events; i++) {
            long due = i * INTERVAL_NANOS;
            awaitTime(due);
            publishers.send(PusherApp.trigger(CHANNEL, EVENT, String.format(Locale.ROOT, DUE, due)));
        }
        awaitAll();
        Arrays.sort(nanos);
        return new Latency(millis(0.5), millis(0.99));
    }

    private double millis(double share) {
        return nanos[(int) (nanos.length * share)] / 1e6;
    }

    private void awaitTime(long due) throws IOException {
        long left = due - elapsed();
        while (left > 0 || !publishers.isIdle()) {
            Readable.select(selector, Math.max(1, left / 1_000_000));
            left = due - elapsed();
        }
    }

    private void awaitAll() throws IOException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (arrived < nanos.length || !publishers.isAllIdle()) {
            if (System.nanoTime() > end) {
                throw new IOException(arrived + " of " + nanos.length + " events arrived");
            }
            Readable.select(selector, 100);
        }
    }

    private long elapsed() {
        return System.nanoTime() - begin;
    }

    private final class Subscriber implements Readable {

        private final ClientSocket socket;
        private final ByteBuffer bytes = ByteBuffer.allocate(100 * FRAME_BYTES);

        Subscriber(ClientSocket socket) throws IOException {
            this.socket = socket;
            socket.channel().configureBlocking(false);
            socket.channel().register(selector, SelectionKey.OP_READ, this);
        }

        @Override
        public void read() throws IOException {
            if (socket.channel().read(bytes) < 0) {
                throw new IOException("The server closed the connection");
            }
            long now = elapsed();
            bytes.flip();
            while (bytes.remaining() >= FRAME_BYTES) {
                String due = new String(bytes.array(), bytes.position() + DIGITS_AT, DIGITS, StandardCharsets.US_ASCII);
                nanos[arrived++] = now - Long.parseLong(due);
                bytes.position(bytes.position() + FRAME_BYTES);
            }
            bytes.compact();
        }
    }

    @Override
    public void close() throws IOException {
        publishers.close();
        for (Subscriber subscriber : subscribers) {
            subscriber.socket.close();
        }
        selector.close();
    }
}
