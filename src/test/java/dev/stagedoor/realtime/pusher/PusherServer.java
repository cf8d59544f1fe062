package dev.stagedoor.realtime.pusher;

import dev.stagedoor.support.RawHttp;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** A server that uses the HTTP API of its app. */
public record PusherServer(String appId, String key, String secret) {

    public static final PusherServer FIRST =
            new PusherServer("stagedoor", "stagedoor-key", "a-secret-of-the-first-app");
    public static final PusherServer OTHER = new PusherServer("other", "other-key", "a-secret-of-the-other-app");

    public RawHttp.Answer post(String path, String body) {
        return send("POST", path, Map.of(), body);
    }

    public RawHttp.Answer get(String path, Map<String, String> parameters) {
        return send("GET", path, parameters, "");
    }

    /**
     * Sends a signed request.
     *
     * @param path after the app's id, as it goes over the wire
     */
    public RawHttp.Answer send(String method, String path, Map<String, String> parameters, String body) {
        String target = "/apps/" + appId + path;
        Map<String, String> signed = new TreeMap<>(parameters);
        signed.put("auth_key", key);
        signed.put("auth_timestamp", Long.toString(Instant.now().getEpochSecond()));
        signed.put("auth_version", "1.0");
        if (!body.isEmpty()) {
            signed.put("body_md5", Digests.md5(body));
        }
        String text = method + "\n" + target + "\n" + join(signed, false);
        String query = join(signed, true) + "&auth_signature=" + Digests.hmac(secret, text);
        return send(method, target + "?" + query, body);
    }

    private static String join(Map<String, String> parameters, boolean escaped) {
        return parameters.entrySet().stream()
                .map(parameter -> parameter.getKey() + "="
                        + (escaped
                                ? URLEncoder.encode(parameter.getValue(), StandardCharsets.UTF_8)
                                : parameter.getValue()))
                .collect(Collectors.joining("&"));
    }

    public static RawHttp.Answer send(String method, String target, String body) {
        return RawHttp.send(method + " " + target + " HTTP/1.1\r\nHost: localhost\r\n"
                + "Content-Type: application/json\r\nContent-Length: "
                + body.getBytes(StandardCharsets.UTF_8).length + "\r\n\r\n" + body);
    }
}
