package dev.stagedoor.bench;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The connections of one who publishes by HTTP: a request on each at a time. */
final class HttpPublishers implements AutoCloseable {

    private static final int BUFFER_BYTES = 16 * 1024;
    private static final String LENGTH = "\r\ncontent-length:";

    private final String expected;
    private final List<Connection> connections = new ArrayList<>();
    private final ArrayDeque<Connection> idle = new ArrayDeque<>();

    /** @param status what every answer must have; another ends the run */
    HttpPublishers(Selector selector, int port, int count, int status) throws IOException {
        expected = "HTTP/1.1 " + status + " ";
        for (int i = 0; i < count; i++) {
            connections.add(new Connection(selector, port));
        }
        idle.addAll(connections);
    }

    static byte[] post(String path, byte[] body) throws IOException {
        return post(path, "", body);
    }

    /** @param headers each with its line end */
    static byte[] post(String path, String headers, byte[] body) throws IOException {
        ByteArrayOutputStream request = new ByteArrayOutputStream();
        request.write(("POST " + path + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n" + headers
                        + "Content-Length: " + body.length + "\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII));
        request.write(body);
        return request.toByteArray();
    }

    /** Whether a connection waits for no answer. */
    boolean isIdle() {
        return !idle.isEmpty();
    }

    /** Whether all do. */
    boolean isAllIdle() {
        return idle.size() == connections.size();
    }

    /** Sends a request on an idle connection. */
    void send(byte[] request) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(request);
        SocketChannel channel = idle.remove().channel;
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    private final class Connection implements Readable {

        private final SocketChannel channel;
        private final ByteBuffer answer = ByteBuffer.allocate(BUFFER_BYTES);

        Connection(Selector selector, int port) throws IOException {
            channel = SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            channel.configureBlocking(false);
            channel.register(selector, SelectionKey.OP_READ, this);
        }

        @Override
        public void read() throws IOException {
            if (channel.read(answer) < 0) {
                throw new IOException("The server closed the connection");
            }
            String text = new String(answer.array(), 0, answer.position(), StandardCharsets.UTF_8);
            int head = text.indexOf("\r\n\r\n") + 4;
            if (head >= 4 && text.length() == head + length(text.toLowerCase(Locale.ROOT))) {
                if (!text.startsWith(expected)) {
                    throw new IOException("Not published:\n" + text);
                }
                answer.clear();
                idle.add(this);
            }
        }

        private static int length(String head) {
            int begin = head.indexOf(LENGTH) + LENGTH.length();
            return Integer.parseInt(
                    head.substring(begin, head.indexOf('\r', begin)).trim());
        }
    }

    @Override
    public void close() throws IOException {
        for (Connection connection : connections) {
            connection.channel.close();
        }
    }
}
