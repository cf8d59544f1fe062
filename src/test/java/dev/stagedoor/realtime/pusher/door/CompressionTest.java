package dev.stagedoor.realtime.pusher.door;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stagedoor.realtime.pusher.PusherServer;
import dev.stagedoor.support.Api;
import dev.stagedoor.support.StagedoorTest;
import io.restassured.RestAssured;
import io.vertx.core.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;
import org.junit.jupiter.api.Test;

/** permessage-deflate (RFC 7692) as it goes over the wire. */
@StagedoorTest
class CompressionTest {

    private static final int TEXT = 0x81;
    private static final int TEXT_COMPRESSED = 0xC1;
    private static final int CLOSE = 0x88;
    private static final int MASKED = 0x80;

    private final String channel = Api.uniqueName();

    /** A client that looks at bytes. */
    private static final class Wire implements AutoCloseable {
        private final Socket socket = new Socket(InetAddress.getLoopbackAddress(), RestAssured.port);
        private final DataInputStream in = new DataInputStream(socket.getInputStream());
        private final String head;

        Wire(String extensions) throws IOException {
            write(("GET /app/stagedoor-key?protocol=7 HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\n"
                            + "Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                            + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n" + extensions + "\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
            StringBuilder read = new StringBuilder();
            while (read.indexOf("\r\n\r\n") < 0) {
                read.append((char) in.readUnsignedByte());
            }
            head = read.toString().toLowerCase(Locale.ROOT);
        }

        private void write(byte[] bytes) throws IOException {
            socket.getOutputStream().write(bytes);
            socket.getOutputStream().flush();
        }

        /** With a mask of zeros, which changes nothing. */
        void send(String text) throws IOException {
            byte[] payload = text.getBytes(StandardCharsets.UTF_8);
            ByteArrayOutputStream frame = new ByteArrayOutputStream();
            frame.write(TEXT);
            frame.write(MASKED | payload.length);
            frame.write(new byte[4]);
            frame.write(payload);
            write(frame.toByteArray());
        }

        void sendCompressed(byte[] compressed) throws IOException {
            ByteArrayOutputStream frame = new ByteArrayOutputStream();
            frame.write(TEXT_COMPRESSED);
            // The shortest form of the length is the only one.
            if (compressed.length < 126) {
                frame.write(MASKED | compressed.length);
            } else {
                frame.write(MASKED | 126);
                frame.write(compressed.length >> 8);
                frame.write(compressed.length & 0xFF);
            }
            frame.write(new byte[4]);
            frame.write(compressed);
            write(frame.toByteArray());
        }

        Sent next() throws IOException {
            int first = in.readUnsignedByte();
            int length = in.readUnsignedByte();
            if (length == 126) {
                length = in.readUnsignedShort();
            }
            return new Sent(first, in.readNBytes(length));
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }

    /** A frame. */
    private static final class Sent {
        private final int first;
        private final byte[] payload;

        Sent(int first, byte[] payload) {
            this.first = first;
            this.payload = payload;
        }

        JsonObject json() throws DataFormatException {
            return new JsonObject(first == TEXT ? new String(payload, StandardCharsets.UTF_8) : inflated());
        }

        /** A receiver adds the end of the block, which is not sent. */
        private String inflated() throws DataFormatException {
            byte[] block = Arrays.copyOf(payload, payload.length + 4);
            block[block.length - 2] = (byte) 0xFF;
            block[block.length - 1] = (byte) 0xFF;
            Inflater inflater = new Inflater(true);
            inflater.setInput(block);
            byte[] text = new byte[64 << 10];
            int length = inflater.inflate(text);
            inflater.end();
            return new String(text, 0, length, StandardCharsets.UTF_8);
        }
    }

    private void publish(String data) {
        JsonObject event =
                new JsonObject().put("name", "news").put("channel", channel).put("data", data);
        assertThat(PusherServer.FIRST.post("/events", event.encode()).status()).isEqualTo(200);
    }

    private void subscribe(Wire wire) throws IOException, DataFormatException {
        assertThat(wire.next().json().getString("event")).isEqualTo("pusher:connection_established");
        wire.send("{\"event\":\"pusher:subscribe\",\"data\":{\"channel\":\"" + channel + "\"}}");
        assertThat(wire.next().json().getString("event")).isEqualTo("pusher_internal:subscription_succeeded");
    }

    @Test
    void itIsNegotiatedAndUsedFromOneKibibyteOn() throws Exception {
        String large = "ein Lied, ".repeat(300);
        try (Wire wire = new Wire("Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits\r\n")) {
            assertThat(wire.head).startsWith("http/1.1 101").contains("sec-websocket-extensions: permessage-deflate");
            subscribe(wire);

            publish("small");
            Sent small = wire.next();
            assertThat(small.first).isEqualTo(TEXT);
            assertThat(small.json().getString("data")).isEqualTo("small");

            for (int round = 0; round < 2; round++) {
                publish(large);
                Sent compressed = wire.next();
                assertThat(compressed.first).isEqualTo(TEXT_COMPRESSED);
                assertThat(compressed.payload.length).isLessThan(large.length() / 10);
                assertThat(compressed.json().getString("data")).isEqualTo(large);
            }
        }
    }

    private static byte[] deflated(byte[] content) {
        Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION, true);
        deflater.setInput(content);
        byte[] block = new byte[64 << 10];
        int length = deflater.deflate(block, 0, block.length, Deflater.SYNC_FLUSH);
        deflater.end();
        return Arrays.copyOf(block, length - 4);
    }

    @Test
    void whatClientsCompressIsRead() throws Exception {
        try (Wire wire = new Wire("Sec-WebSocket-Extensions: permessage-deflate\r\n")) {
            subscribe(wire);
            String ping = "{\"event\":\"pusher:ping\",\"data\":\"" + "x".repeat(2_000) + "\"}";
            for (int round = 0; round < 2; round++) {
                wire.sendCompressed(deflated(ping.getBytes(StandardCharsets.UTF_8)));
                assertThat(wire.next().json().getString("event")).isEqualTo("pusher:pong");
            }
        }
    }

    @Test
    void whatWouldInflateToMoreThanAMessageMayHaveClosesTheConnection() throws Exception {
        try (Wire wire = new Wire("Sec-WebSocket-Extensions: permessage-deflate\r\n")) {
            subscribe(wire);
            wire.sendCompressed(deflated(new byte[32 << 20]));
            Sent close = wire.next();
            assertThat(close.first).isEqualTo(CLOSE);
            assertThat(((close.payload[0] & 0xFF) << 8) | (close.payload[1] & 0xFF))
                    .isEqualTo(1009);
        }
    }

    @Test
    void whoDoesNotAskForItGetsPlainFrames() throws Exception {
        String large = "ein Lied, ".repeat(300);
        try (Wire wire = new Wire("")) {
            assertThat(wire.head).startsWith("http/1.1 101").doesNotContain("sec-websocket-extensions");
            subscribe(wire);

            publish(large);
            Sent plain = wire.next();
            assertThat(plain.first).isEqualTo(TEXT);
            assertThat(plain.json().getString("data")).isEqualTo(large);
        }
    }
}
