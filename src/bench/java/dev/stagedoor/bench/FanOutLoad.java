package dev.stagedoor.bench;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * One publisher and its subscribers: publishes as fast as the subscribers get it, being ahead of them by a few messages at
 * most. What counts is what arrives; every subscriber must get every byte.
 *
 * <p>One thread on plain sockets, since it shares the processors with what it measures.
 */
final class FanOutLoad implements Load, AutoCloseable {

    /** What keeps an idle client from being asked whether it is there; nobody answers it. */
    private static final String ALIVE = "{\"event\":\"pusher:pong\",\"data\":{}}";

    private static final int PUBLISHERS = 4;
    private static final int MESSAGES_AHEAD = 16;
    private static final int BUFFER_BYTES = 256 * 1024;
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Selector selector = Selector.open();
    private final List<Subscriber> subscribers = new ArrayList<>();
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER_BYTES);
    private final int port;
    private final HttpPublishers publishers;
    private final Supplier<byte[]> request;
    private final int messageBytes;
    private long receivedBytes;

    /**
     * A load.
     *
     * @param request what publishes a message
     * @param messageBytes of the frame that every subscriber is to get
     */
    FanOutLoad(int port, Supplier<byte[]> request, int messageBytes) throws IOException {
        this.port = port;
        this.publishers = new HttpPublishers(selector, port, PUBLISHERS, 200);
        this.request = request;
        this.messageBytes = messageBytes;
    }

    /** Adds a subscriber. */
    void add(ClientSocket socket) throws IOException {
        Subscriber subscriber = new Subscriber(socket);
        socket.channel().configureBlocking(false);
        socket.channel().register(selector, SelectionKey.OP_READ, subscriber);
        subscribers.add(subscriber);
    }

    @Override
    public int port() {
        return port;
    }

    @Override
    public Round run(Duration duration) throws IOException {
        for (Subscriber subscriber : subscribers) {
            subscriber.begin();
        }
        receivedBytes = 0;
        byte[] publishing = request.get();
        long published = 0;
        long begin = System.nanoTime();
        while (System.nanoTime() - begin < duration.toNanos()) {
            while (publishers.isIdle() && published - received() < MESSAGES_AHEAD) {
                publishers.send(publishing);
                published++;
            }
            Readable.select(selector, 100);
        }
        awaitAll(published);
        double seconds = (System.nanoTime() - begin) / 1e9;
        long deliveries = published * subscribers.size();
        return new Round(deliveries, deliveries / seconds, Double.NaN);
    }

    /** Messages that have arrived at all, or as many deliveries. */
    private long received() {
        return receivedBytes / messageBytes / subscribers.size();
    }

    private void awaitAll(long published) throws IOException {
        long begin = System.nanoTime();
        while (received() < published || !publishers.isAllIdle()) {
            if (System.nanoTime() - begin > PATIENCE.toNanos()) {
                throw new IOException(received() + " of " + published + " messages arrived");
            }
            Readable.select(selector, 100);
        }
        for (Subscriber subscriber : subscribers) {
            subscriber.requireBytes(published * messageBytes);
        }
    }

    private final class Subscriber implements Readable {

        private final ClientSocket socket;
        private long bytes;

        Subscriber(ClientSocket socket) {
            this.socket = socket;
        }

        void begin() throws IOException {
            bytes = 0;
            socket.send(ALIVE);
        }

        @Override
        public void read() throws IOException {
            SocketChannel channel = socket.channel();
            int count = channel.read(buffer.clear());
            if (count < 0) {
                throw new IOException("The server closed the connection");
            }
            bytes += count;
            receivedBytes += count;
        }

        void requireBytes(long expected) {
            if (bytes != expected) {
                throw new IllegalStateException("A subscriber got " + bytes + " bytes instead of " + expected);
            }
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
