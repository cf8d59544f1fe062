package dev.stagedoor.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The app of the Pusher door that every Stagedoor process of a run has, as its clients and servers see it. */
final class PusherApp {

    static final String ID = "bench";
    static final String KEY = "bench-key";
    static final String SECRET = "a-secret-for-benchmarks";

    /** Where clients connect. */
    static final String PATH = "/app/" + KEY + "?protocol=7&client=bench&version=1";

    private static final String HMAC = "HmacSHA256";
    private static final ObjectMapper JSON = new ObjectMapper();

    private PusherApp() {}

    static String subscription(String channel) {
        return "{\"event\":\"pusher:subscribe\",\"data\":{\"channel\":\"" + channel + "\"}}";
    }

    static String subscription(String channel, String auth) {
        return "{\"event\":\"pusher:subscribe\",\"data\":{\"channel\":\"" + channel + "\",\"auth\":\"" + auth + "\"}}";
    }

    /** Which the first message of the server tells. */
    static String socketId(String established) throws IOException {
        JsonNode data = JSON.readTree(JSON.readTree(established).get("data").textValue());
        return data.get("socket_id").textValue();
    }

    /** What lets a socket into a private channel. */
    static String authorize(int port, Account account, String socketId, String channel) throws IOException {
        String body = "{\"socket_id\":\"" + socketId + "\",\"channel_name\":\"" + channel + "\"}";
        return account.send(port, "POST", "/pusher/auth", body).get("auth").textValue();
    }

    /** A request that tells an event to a channel; good for ten minutes. */
    static byte[] trigger(String channel, String event, String data) {
        try {
            byte[] body = JSON.writeValueAsBytes(Map.of("channel", channel, "name", event, "data", data));
            String path = "/apps/" + ID + "/events";
            String query = "auth_key=" + KEY + "&auth_timestamp="
                    + Instant.now().getEpochSecond()
                    + "&auth_version=1.0&body_md5="
                    + HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(body));
            return HttpPublishers.post(
                    path + "?" + query + "&auth_signature=" + sign("POST\n" + path + "\n" + query), body);
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String sign(String text) throws GeneralSecurityException {
        Mac mac = Mac.getInstance(HMAC);
        mac.init(new SecretKeySpec(SECRET.getBytes(StandardCharsets.UTF_8), HMAC));
        return HexFormat.of().formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
    }
}
