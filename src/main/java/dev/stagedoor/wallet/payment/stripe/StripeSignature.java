package dev.stagedoor.wallet.payment.stripe;

import dev.stagedoor.platform.http.ApiException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Proves that a webhook is Stripe's, and of now: {@code t=<seconds>,v1=<hex>,v1=<hex>…} over its body. */
final class StripeSignature {

    static final String HEADER = "Stripe-Signature";

    private static final String HMAC = "HmacSHA256";
    private static final Duration TOLERANCE = Duration.ofMinutes(5);

    /** More than Stripe sends while several secrets are active; each costs a comparison for each of ours. */
    private static final int MAX_SIGNATURES = 20;

    private final String timestamp;
    private final List<byte[]> signatures;

    private StripeSignature(String timestamp, List<byte[]> signatures) {
        this.timestamp = timestamp;
        this.signatures = signatures;
    }

    /** Fails with 400 where the header is not of this form; parts of other schemes are passed over. */
    static StripeSignature parse(String header) {
        List<String> timestamps = values(header, "t=");
        List<String> signatures = values(header, "v1=");
        boolean hasTime = timestamps.size() == 1 && timestamps.get(0).matches("[0-9]{1,12}");
        if (!hasTime || signatures.isEmpty() || signatures.size() > MAX_SIGNATURES) {
            throw ApiException.invalid(HEADER, "must have a time and a signature: t=…,v1=…");
        }
        return new StripeSignature(
                timestamps.get(0),
                signatures.stream()
                        .map(signature -> signature.getBytes(StandardCharsets.UTF_8))
                        .toList());
    }

    private static List<String> values(String header, String prefix) {
        return header == null
                ? List.of()
                : Stream.of(header.split(",", -1))
                        .map(String::trim)
                        .filter(part -> part.startsWith(prefix))
                        .map(part -> part.substring(prefix.length()))
                        .toList();
    }

    /**
     * Fails with 400 unless one of the secrets signed the body, not longer ago than five minutes, nor later than in as many.
     * Every secret is tried with every signature, in the same time whatever they are.
     */
    void require(List<String> secrets, byte[] body, Instant now) {
        boolean isSigned = false;
        for (String secret : secrets) {
            byte[] expected = sign(secret, timestamp, body).getBytes(StandardCharsets.UTF_8);
            for (byte[] signature : signatures) {
                isSigned |= MessageDigest.isEqual(expected, signature);
            }
        }
        if (!isSigned) {
            throw ApiException.invalid(HEADER, "is not a signature of this body");
        }
        Duration age = Duration.between(Instant.ofEpochSecond(Long.parseLong(timestamp)), now)
                .abs();
        if (age.compareTo(TOLERANCE) > 0) {
            throw ApiException.invalid(HEADER, "is too old, or of the future");
        }
    }

    /** The signature of a body at a time, in hexadecimal digits. */
    static String sign(String secret, String timestamp, byte[] body) {
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), HMAC));
            mac.update((timestamp + ".").getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(mac.doFinal(body));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
