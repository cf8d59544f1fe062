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

    private final List<Connection> connections = new ArrayList<>();
    private final ArrayDeque<Connection> idle = new ArrayDeque<>();

    HttpPublishers(Selector selector, int port, int count) throws IOException {
        for (int i = 0; i < count; i++) {
            connections.add(new Connection(selector, port));
        }
        idle.addAll(connections);
    }

    static byte[] post(String path, byte[] body) throws IOException {
        ByteArrayOutputStream request = new ByteArrayOutputStream();
        request.write(("POST " + path + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
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

    /** Sends a request on an idle connection. An answer other than 200 ends the run. */
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
                if (!text.startsWith("HTTP/1.1 200 ")) {
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
