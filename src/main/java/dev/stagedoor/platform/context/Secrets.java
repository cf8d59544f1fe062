package dev.stagedoor.platform.context;

import dev.stagedoor.platform.lifecycle.ProductionCheck;
import io.smallrye.config.ConfigMapping;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Keyed and plain digests; the one place that knows the server's secret. */
@ApplicationScoped
public class Secrets implements ProductionCheck {

    private static final String HMAC = "HmacSHA256";

    private static final int MIN_SECRET_LENGTH = 32;

    private final String secret;

    Secrets(SecretConfig config) {
        this.secret = config.secret().orElse("");
    }

    @ConfigMapping(prefix = "stagedoor")
    interface SecretConfig {

        /** Signs cursors and fingerprints; 32 characters or more, the same on every node. */
        Optional<String> secret();
    }

    @Override
    public List<String> findings() {
        return secret.length() < MIN_SECRET_LENGTH || secret.startsWith(PLACEHOLDER)
                ? List.of("STAGEDOOR_SECRET needs 32 random characters or more, the same on every node")
                : List.of();
    }

    /** HMAC-SHA-256 of the parts, each preceded by its length, so that no two lists of parts give the same input. */
    public byte[] hmac(String purpose, byte[]... parts) {
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), HMAC));
            mac.update(purpose.getBytes(StandardCharsets.UTF_8));
            for (byte[] part : parts) {
                mac.update(
                        ByteBuffer.allocate(Integer.BYTES).putInt(part.length).array());
                mac.update(part);
            }
            return mac.doFinal();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** SHA-256; enough to store a random token of 128 bits or more by. */
    public static byte[] sha256(byte[] input) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(input);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** SHA-256 of the text's UTF-8 form. */
    public static byte[] sha256(String input) {
        return sha256(input.getBytes(StandardCharsets.UTF_8));
    }
}
