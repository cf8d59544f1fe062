package dev.stagedoor.bench;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Senders of one channel, each of whom sends when the message before was answered, and readers who must all get every
 * message. What counts is what every reader has; its time is from when it was sent until the last one has it.
 *
 * <p>One thread on plain sockets, since it shares the processors with what it measures.
 */
final class ChatSendLoad implements Load, AutoCloseable {

    private static final String ALIVE = "{\"event\":\"pusher:pong\",\"data\":{}}";
    private static final int SENDERS = 16;
    private static final int MAX_MESSAGES = 100_000;
    private static final int BUFFER_BYTES = 256 * 1024;
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Selector selector = Selector.open();
    private final List<Reader> readers = new ArrayList<>();
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER_BYTES);
    private final int port;
    private final HttpPublishers senders;
    private final byte[] message;

    /** When the message of this number was sent, in the order of sending. */
    private final long[] sentNanos = new long[MAX_MESSAGES];

    /** How many readers have the message of this number. */
    private final int[] readersOf = new int[MAX_MESSAGES];

    private final long[] latencies = new long[MAX_MESSAGES];
    private int complete;

    ChatSendLoad(int port, byte[] message) throws IOException {
        this.port = port;
        this.senders = new HttpPublishers(selector, port, SENDERS, 201);
        this.message = message;
    }

    void add(ClientSocket socket) throws IOException {
        Reader reader = new Reader(socket);
        socket.channel().configureBlocking(false);
        socket.channel().register(selector, SelectionKey.OP_READ, reader);
        readers.add(reader);
    }

    @Override
    public int port() {
        return port;
    }

    @Override
    public Round run(Duration duration) throws IOException {
        for (Reader reader : readers) {
            reader.begin();
        }
        Arrays.fill(readersOf, 0);
        complete = 0;
        int sent = 0;
        long begin = System.nanoTime();
        while (System.nanoTime() - begin < duration.toNanos()) {
            while (senders.isIdle() && sent < MAX_MESSAGES) {
                sentNanos[sent++] = System.nanoTime();
                senders.send(message);
            }
            Readable.select(selector, 100);
        }
        awaitAll(sent);
        double seconds = (System.nanoTime() - begin) / 1e9;
        Arrays.sort(latencies, 0, complete);
        return new Round(complete, complete / seconds, latencies[(int) (complete * 0.99)] / 1e6);
    }

    private void awaitAll(int sent) throws IOException {
        long begin = System.nanoTime();
        while (complete < sent || !senders.isAllIdle()) {
            if (System.nanoTime() - begin > PATIENCE.toNanos()) {
                throw new IOException(complete + " of " + sent + " messages arrived everywhere");
            }
            Readable.select(selector, 100);
        }
    }

    /** Messages of senders who are at it at once may change places: their times are off by one round of sending at most. */
    private void got(int number) {
        if (++readersOf[number] == readers.size()) {
            latencies[complete++] = System.nanoTime() - sentNanos[number];
        }
    }

    private final class Reader implements Readable {

        private static final int SHORT_LENGTH = 126;

        private final ClientSocket socket;
        private final byte[] head = new byte[4];
        private int headBytes;
        private int bodyBytes;
        private int messages;

        Reader(ClientSocket socket) {
            this.socket = socket;
        }

        void begin() throws IOException {
            messages = 0;
            socket.send(ALIVE);
        }

        @Override
        public void read() throws IOException {
            if (socket.channel().read(buffer.clear()) < 0) {
                throw new IOException("The server closed the connection");
            }
            buffer.flip();
            while (buffer.hasRemaining()) {
                take();
            }
        }

        /** Of frames whose length takes two bytes, as those of messages do. */
        private void take() throws IOException {
            if (headBytes < head.length) {
                head[headBytes++] = buffer.get();
                if (headBytes == 2 && head[1] != SHORT_LENGTH) {
                    throw new IOException("A frame of length " + head[1]);
                }
                bodyBytes = (head[2] & 0xFF) << 8 | head[3] & 0xFF;
                return;
            }
            int skipped = Math.min(bodyBytes, buffer.remaining());
            buffer.position(buffer.position() + skipped);
            bodyBytes -= skipped;
            if (bodyBytes == 0) {
                headBytes = 0;
                got(messages++);
            }
        }
    }

    @Override
    public void close() throws IOException {
        senders.close();
        for (Reader reader : readers) {
            reader.socket.close();
        }
        selector.close();
    }
}
