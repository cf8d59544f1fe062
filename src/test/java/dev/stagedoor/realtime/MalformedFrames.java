package dev.stagedoor.realtime;

import static dev.stagedoor.realtime.RawWebSocket.BINARY;
import static dev.stagedoor.realtime.RawWebSocket.CLOSE;
import static dev.stagedoor.realtime.RawWebSocket.CONTINUATION;
import static dev.stagedoor.realtime.RawWebSocket.FINAL;
import static dev.stagedoor.realtime.RawWebSocket.PING;
import static dev.stagedoor.realtime.RawWebSocket.PONG;
import static dev.stagedoor.realtime.RawWebSocket.TEXT;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;

/** Makes what no client should send. The same in every run with the same random numbers. */
final class MalformedFrames {

    /** Codes that nobody may close with. */
    private static final List<Integer> BAD_CODES = List.of(0, 1, 999, 1004, 1005, 1006, 1015, 1016, 2000, 2999);

    private static final int OVERSIZED = (64 << 10) + 1;

    private static final List<String> EVENTS = List.of(
            "pusher:subscribe",
            "pusher:unsubscribe",
            "pusher:signin",
            "client-x",
            "pusher:subscription_error",
            "pusher_internal:member_added",
            "pusher:",
            "message.created",
            "");

    private static final List<String> FIELDS =
            List.of("event", "data", "channel", "auth", "channel_data", "user_data", "recover", "user_id", "x");

    private static final List<String> CHANNELS = List.of(
            "public",
            "private-a",
            "presence-a",
            "private-encrypted-a",
            "cache-a",
            "private-cache-a",
            "presence-cache-a",
            "#server-to-user-1",
            "#",
            "private-",
            "private-channel-0199b2d4-7c7e-7a52-9d0a-0f6f6d1a2b3c",
            "a b",
            "online:stagedoor:1",
            "\\u0000",
            "\\ud800");

    private static final List<String> VALUES = List.of(
            "null",
            "true",
            "0",
            "-1",
            "1e400",
            "99999999999999999999999999",
            "9".repeat(2_000),
            "0.1",
            "\"\"",
            "\" \"",
            "\"\\u0000\"",
            "\"a\\u0000b\"",
            "\"\\ud800\"",
            "\"\\udc00\\ud800\"",
            "\"\\u202e\\ufeff\\uffff\"",
            "\"'; DROP TABLE presence; --\"",
            "\"%s%n%x\"",
            "\"stagedoor-key:\"",
            "\"stagedoor-key:" + "0".repeat(64) + "\"",
            "[]",
            "[null]",
            "{}",
            "{\"epoch\":-1,\"offset\":1e9}",
            "{\"epoch\":9999999999999999999,\"offset\":[]}",
            "\"{\\\"channel\\\":7}\"",
            "\"" + "x".repeat(5_000) + "\"",
            "[".repeat(900) + "]".repeat(900));

    private final Random random;

    MalformedFrames(Random random) {
        this.random = random;
    }

    /** A frame that is answered with one error, or with nothing; the connection stays. */
    byte[] refused() {
        return switch (random.nextInt(12)) {
            case 0 -> text(noise(random.nextInt(200)));
            case 1 -> text(truncated(message()));
            case 2 -> text("[".repeat(random.nextInt(3_000)) + "{\"event\":".repeat(random.nextInt(2_000)));
            case 3 ->
                text("{\"event\":\"" + anyOf(EVENTS) + "\",\"data\":\"" + "x".repeat(random.nextInt(30_000)) + "\"}");
            case 4 -> RawWebSocket.frame(FINAL | BINARY, bytes(random.nextInt(300)));
            case 5 -> fragmented(message());
            case 6 -> RawWebSocket.frame(FINAL | (random.nextBoolean() ? PING : PONG), bytes(random.nextInt(126)));
            // Reserved bits of no extension that was agreed on: they change nothing.
            case 7 -> RawWebSocket.frame(FINAL | 0x10 << random.nextInt(3) | TEXT, new byte[] {'{', '}'});
            default -> text(message());
        };
    }

    /** Bytes after which a server must not go on with a connection. */
    byte[] fatal() {
        return switch (random.nextInt(9)) {
            case 0 -> RawWebSocket.frame(FINAL | (3 + random.nextInt(5)), bytes(random.nextInt(20)));
            case 1 -> RawWebSocket.frame(FINAL | (0xB + random.nextInt(5)), bytes(random.nextInt(20)));
            case 2, 3 -> RawWebSocket.frame(FINAL | TEXT, new byte[] {'{', (byte) 0xC3, (byte) 0x28, '}'});
            case 4 -> RawWebSocket.frame(FINAL | TEXT, new byte[OVERSIZED + random.nextInt(1_000)]);
            case 5 -> RawWebSocket.frame(FINAL | CLOSE, closing(anyOf(BAD_CODES)));
            case 6 -> RawWebSocket.frame(FINAL | CLOSE, bytes(1));
            case 7 -> RawWebSocket.frame(FINAL | CONTINUATION, bytes(random.nextInt(20)));
            default -> new byte[] {(byte) (FINAL | TEXT), 2, '{', '}'};
        };
    }

    /** A JSON object with a value of any type in any field of a message. */
    String message() {
        return object(FIELDS, name -> switch (name) {
            case "event" -> random.nextInt(10) == 0 ? anyOf(VALUES) : quoted(anyOf(EVENTS));
            case "channel" -> channel();
            case "data" -> data();
            default -> anyOf(VALUES);
        });
    }

    private String data() {
        return switch (random.nextInt(4)) {
            case 0 -> anyOf(VALUES);
            case 1 ->
                quoted(object(FIELDS, name -> name.equals("channel") ? channel() : anyOf(VALUES))
                        .replace("\\", "\\\\")
                        .replace("\"", "\\\""));
            default -> object(FIELDS, name -> name.equals("channel") ? channel() : anyOf(VALUES));
        };
    }

    private String channel() {
        return random.nextInt(5) == 0 ? anyOf(VALUES) : quoted(anyOf(CHANNELS));
    }

    /** The object that a backend signs for its user, with a value of any type in any field. */
    String signedData() {
        return switch (random.nextInt(6)) {
            case 0 -> truncated("{\"user_id\":\"1\",\"id\":\"1\"}");
            case 1 -> anyOf(VALUES);
            default ->
                object(
                        List.of("user_id", "id", "user_info", "watchlist"),
                        name -> name.equals("watchlist") && random.nextBoolean()
                                ? "[" + "1,".repeat(random.nextInt(200)) + anyOf(VALUES) + "]"
                                : anyOf(VALUES));
        };
    }

    /** The body of a server's event, with a value of any type in any field. */
    String event() {
        return object(
                List.of("name", "data", "channel", "channels", "socket_id", "info"),
                name -> name.equals("channel") ? channel() : anyOf(VALUES));
    }

    private String object(List<String> names, UnaryOperator<String> value) {
        StringBuilder json = new StringBuilder("{");
        for (String name : names) {
            if (random.nextInt(4) > 0) {
                json.append(json.length() > 1 ? "," : "")
                        .append(quoted(name))
                        .append(':')
                        .append(value.apply(name));
            }
        }
        return json.append('}').toString();
    }

    private static String quoted(String text) {
        return '"' + text + '"';
    }

    private String truncated(String text) {
        return text.substring(0, random.nextInt(text.length()));
    }

    private String noise(int length) {
        return new String(bytes(length), StandardCharsets.ISO_8859_1);
    }

    private byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    private static byte[] text(String text) {
        byte[] payload = text.getBytes(StandardCharsets.UTF_8);
        return RawWebSocket.frame(FINAL | TEXT, payload);
    }

    /** In frames of any length, with pings between them. */
    private byte[] fragmented(String text) {
        byte[] payload = text.getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream frames = new ByteArrayOutputStream();
        int from = 0;
        int opcode = TEXT;
        while (from < payload.length) {
            int length = Math.min(payload.length - from, random.nextInt(payload.length / 2 + 2));
            boolean isLast = from + length == payload.length;
            byte[] part = new byte[length];
            System.arraycopy(payload, from, part, 0, length);
            frames.writeBytes(RawWebSocket.frame((isLast ? FINAL : 0) | opcode, part));
            if (!isLast) {
                frames.writeBytes(RawWebSocket.frame(FINAL | PING, new byte[0]));
            }
            opcode = CONTINUATION;
            from += length;
        }
        return frames.toByteArray();
    }

    private static byte[] closing(int code) {
        return new byte[] {(byte) (code >> 8), (byte) code};
    }

    private <T> T anyOf(List<T> values) {
        return values.get(random.nextInt(values.size()));
    }
}
