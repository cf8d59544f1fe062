package dev.stagedoor.realtime;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;

/** Makes requests to Pusher's paths that no client should send. The same in every run, but for the time. */
final class MalformedRequests {

    private static final List<String> SOCKET_PATHS = List.of(
            "/app/",
            "/app",
            "/app/unknown",
            "/app/stagedoor-key",
            "/app/stagedoor-key/x",
            "/app/%00",
            "/app/%",
            "/app//");

    private static final List<String> QUERIES = List.of(
            "",
            "?",
            "?protocol=",
            "?protocol=7",
            "?protocol=-7",
            "?protocol=7.0",
            "?protocol=99999999999",
            "?protocol=7&protocol=8",
            "?protocol=%zz",
            "?protocol=%00",
            "?Protocol=7",
            "?" + "a=b&".repeat(200));

    private static final List<String> HEADERS = List.of(
            "Upgrade: websocket",
            "Upgrade: WebSocket, h2c",
            "Upgrade: h2c",
            "Connection: Upgrade",
            "Connection: keep-alive, Upgrade",
            "Sec-WebSocket-Version: 13",
            "Sec-WebSocket-Version: 8",
            "Sec-WebSocket-Version: 0",
            "Sec-WebSocket-Version: 99",
            "Sec-WebSocket-Version: x",
            "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
            "Sec-WebSocket-Key: short",
            "Sec-WebSocket-Key: ",
            "Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits=99",
            "Sec-WebSocket-Extensions: permessage-deflate; server_max_window_bits=\"8\"",
            "Sec-WebSocket-Extensions: permessage-deflate; permessage-deflate",
            "Sec-WebSocket-Extensions: ;;=,",
            "Sec-WebSocket-Protocol: soap, wamp",
            "Sec-WebSocket-Protocol: ",
            "Origin: null",
            "Origin: https://elsewhere.example");

    private static final List<String> GOOD = List.of(
            "Upgrade: websocket",
            "Connection: Upgrade",
            "Sec-WebSocket-Version: 13",
            "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==");

    private static final List<String> API_PATHS = List.of(
            "/events",
            "/batch_events",
            "/channels",
            "/channels/presence-fuzz",
            "/channels/presence-fuzz/users",
            "/channels/%ff",
            "/channels/%00/users",
            "/users/1/terminate_connections",
            "/users/%00/terminate_connections",
            "/",
            "");

    private static final List<String> API_QUERIES = List.of(
            "info=user_count",
            "info=x,,",
            "filter_by_prefix=presence-",
            "filter_by_prefix=%00",
            "channels[]=a&channels[]=b&name=x&data=y",
            "auth_key=x",
            "&&=&",
            "%");

    private final Random random;
    private final MalformedFrames texts;

    MalformedRequests(Random random) {
        this.random = random;
        this.texts = new MalformedFrames(random);
    }

    byte[] next() {
        return (random.nextBoolean() ? upgrade() : apiRequest()).getBytes(StandardCharsets.UTF_8);
    }

    private String upgrade() {
        String path = anyOf(SOCKET_PATHS) + anyOf(QUERIES);
        StringBuilder request = new StringBuilder(random.nextInt(10) == 0 ? "POST " : "GET ")
                .append(path)
                .append(" HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\n");
        for (String header : GOOD) {
            if (random.nextInt(6) > 0) {
                request.append(header).append("\r\n");
            }
        }
        for (int i = random.nextInt(4); i > 0; i--) {
            request.append(anyOf(HEADERS)).append("\r\n");
        }
        return request.append("\r\n").toString();
    }

    private String apiRequest() {
        String method = anyOf(List.of("POST", "POST", "GET", "PUT"));
        String path = "/apps/" + (random.nextInt(8) > 0 ? FirstApp.ID : "%00") + anyOf(API_PATHS);
        String body = method.equals("GET") ? "" : body();
        String query = random.nextInt(4) == 0 ? anyOf(API_QUERIES) : signed(method, path, body);
        return method + " " + path + "?" + query + " HTTP/1.1\r\nHost: localhost\r\n"
                + "Content-Type: application/json\r\nContent-Length: "
                + body.getBytes(StandardCharsets.UTF_8).length + "\r\n\r\n" + body;
    }

    private String body() {
        return switch (random.nextInt(4)) {
            case 0 -> "";
            case 1 -> texts.signedData();
            case 2 -> "{\"batch\":[" + texts.event() + "," + texts.event() + "]}";
            default -> texts.event();
        };
    }

    /** As a server signs that has the secret, whatever it sends. */
    private static String signed(String method, String path, String body) {
        String query = "auth_key=" + FirstApp.KEY + "&auth_timestamp="
                + Clock.systemUTC().instant().getEpochSecond() + "&auth_version=1.0"
                + (body.isEmpty() ? "" : "&body_md5=" + md5(body));
        return query + "&auth_signature=" + FirstApp.sign(method + "\n" + path + "\n" + query);
    }

    private static String md5(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("MD5").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private String anyOf(List<String> values) {
        return values.get(random.nextInt(values.size()));
    }
}
