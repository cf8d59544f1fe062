package dev.stagedoor.realtime;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** What clients of the first Pusher app of the service under test need, made without the code under test. */
public final class FirstApp {

    public static final String ID = "stagedoor";
    public static final String KEY = "stagedoor-key";
    public static final String PATH = "/app/" + KEY + "?protocol=7&client=test&version=1";

    private static final byte[] SECRET = "a-secret-of-the-first-app".getBytes(StandardCharsets.UTF_8);

    private FirstApp() {}

    /** What a backend gives its client for a text. */
    public static String authorization(String text) {
        return KEY + ":" + sign(text);
    }

    public static String sign(String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(SECRET, "HmacSHA256"));
            return HexFormat.of().formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
