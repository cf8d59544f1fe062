package dev.stagedoor.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;

/**
 * Sends requests on kept-alive connections, each as soon as the last answer is complete (closed loop).
 *
 * <p>One thread on plain sockets, since it shares the processors with what it measures.
 */
final class HttpLoad implements Load {

    private static final int CONNECTIONS = 32;
    private static final int BUFFER_BYTES = 256 * 1024;
    private static final String LENGTH = "\r\ncontent-length:";

    private static final int ANY = -1;

    private final int port;
    private final List<Supplier<byte[]>> requests;
    private final int status;
    private final int bodyBytes;

    /**
     * Gets the same over and over.
     *
     * @param path what to get
     * @param headers lines that end with CRLF
     * @param bodyBytes what every answer must have; another length, or another status than 200, ends the run
     */
    HttpLoad(int port, String path, String headers, int bodyBytes) {
        byte[] request = ("GET " + path + " HTTP/1.1\r\nHost: localhost\r\n" + headers + "\r\n")
                .getBytes(StandardCharsets.US_ASCII);
        this.port = port;
        this.requests = Collections.nCopies(CONNECTIONS, () -> request);
        this.status = 200;
        this.bodyBytes = bodyBytes;
    }

    /**
     * Sends one request after the other.
     *
     * @param requests of each connection, its next one
     * @param status what every answer must have; another ends the run
     */
    HttpLoad(int port, List<Supplier<byte[]>> requests, int status) {
        this.port = port;
        this.requests = requests;
        this.status = status;
        this.bodyBytes = ANY;
    }

    @Override
    public int port() {
        return port;
    }

    @Override
    public Round run(Duration duration) throws IOException {
        Latencies latencies = new Latencies();
        try (Selector selector = Selector.open()) {
            List<Connection> open = new ArrayList<>();
            for (Supplier<byte[]> ofConnection : requests) {
                open.add(new Connection(selector, ofConnection, latencies));
            }
            long begin = System.nanoTime();
            for (Connection connection : open) {
                connection.send();
            }
            while (System.nanoTime() - begin < duration.toNanos()) {
                selector.select(key -> ((Connection) key.attachment()).receive(), 100);
            }
            double seconds = (System.nanoTime() - begin) / 1e9;
            for (Connection connection : open) {
                connection.channel.close();
            }
            return latencies.round(seconds);
        }
    }

    private static final class Latencies {

        private long[] nanos = new long[100_000];
        private int count;

        void add(long value) {
            if (count == nanos.length) {
                nanos = Arrays.copyOf(nanos, count * 2);
            }
            nanos[count++] = value;
        }

        Round round(double seconds) {
            Arrays.sort(nanos, 0, count);
            return new Round(count, count / seconds, nanos[(int) (count * 0.99)] / 1e6);
        }
    }

    private final class Connection {

        private final SocketChannel channel;
        private final Supplier<byte[]> next;
        private final Latencies latencies;
        private ByteBuffer answer = ByteBuffer.allocate(BUFFER_BYTES);
        private long sentNanos;

        Connection(Selector selector, Supplier<byte[]> next, Latencies latencies) throws IOException {
            this.next = next;
            this.latencies = latencies;
            channel = SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            channel.configureBlocking(false);
            channel.register(selector, SelectionKey.OP_READ, this);
        }

        void send() throws IOException {
            ByteBuffer bytes = ByteBuffer.wrap(next.get());
            sentNanos = System.nanoTime();
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
        }

        void receive() {
            try {
                if (channel.read(answer) < 0) {
                    throw new IOException("The server closed the connection");
                }
                if (isComplete()) {
                    latencies.add(System.nanoTime() - sentNanos);
                    answer.clear();
                    send();
                } else if (!answer.hasRemaining()) {
                    answer = ByteBuffer.allocate(2 * answer.capacity()).put(answer.flip());
                }
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        }

        private boolean isComplete() {
            int headBytes = headBytes();
            if (headBytes < 0) {
                return false;
            }
            int length = length(headBytes);
            if (answer.position() < headBytes + length) {
                return false;
            }
            if (answer.position() == headBytes + length && isAsExpected(length)) {
                return true;
            }
            throw new IllegalStateException("Unexpected answer:\n" + text(answer.position()));
        }

        private int length(int headBytes) {
            String head = text(headBytes).toLowerCase(Locale.ROOT);
            int begin = head.indexOf(LENGTH) + LENGTH.length();
            return Integer.parseInt(
                    head.substring(begin, head.indexOf('\r', begin)).trim());
        }

        private boolean isAsExpected(int length) {
            String line = "HTTP/1.1 " + status + " ";
            return text(line.length()).equals(line) && (bodyBytes == ANY || length == bodyBytes);
        }

        private String text(int bytes) {
            return new String(answer.array(), 0, bytes, StandardCharsets.UTF_8);
        }

        /** The length of the head with its empty line, or -1 while that has not come. */
        private int headBytes() {
            byte[] bytes = answer.array();
            for (int i = 3; i < answer.position(); i++) {
                if (bytes[i] == '\n' && bytes[i - 2] == '\n') {
                    return i + 1;
                }
            }
            return -1;
        }
    }
}
