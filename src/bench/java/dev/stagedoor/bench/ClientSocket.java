package dev.stagedoor.bench;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;

/** The client's end of a WebSocket that takes no compression, and no more than a load needs of it. */
final class ClientSocket implements AutoCloseable {

    private static final String UPGRADE =
            " HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                    + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";

    private static final int TEXT = 0x81;
    private static final int MASKED = 0x80;
    private static final int SHORT_LENGTH = 126;

    private final SocketChannel channel;

    private ClientSocket(SocketChannel channel) {
        this.channel = channel;
    }

    static ClientSocket open(int port, String path) throws IOException {
        SocketChannel channel = SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        ClientSocket socket = new ClientSocket(channel);
        socket.write(ByteBuffer.wrap(("GET " + path + UPGRADE).getBytes(StandardCharsets.US_ASCII)));
        String head = socket.head();
        if (!head.startsWith("HTTP/1.1 101 ")) {
            throw new IOException("No WebSocket:\n" + head);
        }
        return socket;
    }

    /** A Pusher client that is in a channel. */
    static ClientSocket subscribed(int port, String channel) throws IOException {
        ClientSocket socket = open(port, PusherApp.PATH);
        socket.expect("pusher:connection_established");
        socket.send(PusherApp.subscription(channel));
        socket.expect("pusher_internal:subscription_succeeded");
        return socket;
    }

    /** A Pusher client that is in a private channel, to which this account is admitted. */
    static ClientSocket subscribed(int port, String channel, Account account) throws IOException {
        ClientSocket socket = open(port, PusherApp.PATH);
        String socketId = PusherApp.socketId(socket.read());
        socket.send(PusherApp.subscription(channel, PusherApp.authorize(port, account, socketId, channel)));
        socket.expect("pusher_internal:subscription_succeeded");
        return socket;
    }

    private void expect(String event) throws IOException {
        String text = read();
        if (!text.contains(event)) {
            throw new IOException(event + " did not come, but " + text);
        }
    }

    private String head() throws IOException {
        DataInputStream in = in();
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            head.append((char) in.readUnsignedByte());
        }
        return head.toString();
    }

    /** Waits for the next text; only while the channel blocks. */
    String read() throws IOException {
        DataInputStream in = in();
        in.readUnsignedByte();
        int length = in.readUnsignedByte();
        byte[] text = new byte[length == SHORT_LENGTH ? in.readUnsignedShort() : length];
        in.readFully(text);
        return new String(text, StandardCharsets.UTF_8);
    }

    /** Unbuffered, so that nothing is taken that a selector is to find. */
    private DataInputStream in() throws IOException {
        return new DataInputStream(channel.socket().getInputStream());
    }

    /** How many bytes this text is, when it comes. */
    static int frameBytes(String text) {
        int length = text.getBytes(StandardCharsets.UTF_8).length;
        return length + (length < SHORT_LENGTH ? 2 : 4);
    }

    /** Sends a text of less than 64 KiB. */
    void send(String text) throws IOException {
        byte[] payload = text.getBytes(StandardCharsets.UTF_8);
        ByteBuffer frame = ByteBuffer.allocate(8 + payload.length);
        frame.put((byte) TEXT);
        if (payload.length < SHORT_LENGTH) {
            frame.put((byte) (MASKED | payload.length));
        } else {
            frame.put((byte) (MASKED | SHORT_LENGTH)).putShort((short) payload.length);
        }
        // A mask of zeros leaves the text as it is.
        frame.putInt(0).put(payload).flip();
        write(frame);
    }

    private void write(ByteBuffer buffer) throws IOException {
        while (buffer.hasRemaining()) {
            channel.write(buffer);
        }
    }

    SocketChannel channel() {
        return channel;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
