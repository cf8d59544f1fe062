package dev.stagedoor.platform.http;

import dev.stagedoor.platform.context.Secrets;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/**
 * Turns the sort key of a page's last row into an opaque cursor and back.
 *
 * <p>A cursor is signed together with the list and filter it belongs to: it can be neither forged nor carried over to
 * another list.
 */
@ApplicationScoped
public class Cursors {

    /** Half of HMAC-SHA-256; RFC 2104, section 5 allows no less. */
    private static final int SIGNATURE_BYTES = 16;

    /** Unit separator: cannot occur in ids and times. */
    private static final String SEPARATOR = "\u001f";

    private final Secrets secrets;

    Cursors(Secrets secrets) {
        this.secrets = secrets;
    }

    /** The cursor after the row with these sort keys, for the list named {@code filter}. */
    public String encode(String filter, Object... sortKeys) {
        List<String> keys = Arrays.stream(sortKeys).map(Object::toString).toList();
        byte[] payload = String.join(SEPARATOR, keys).getBytes(StandardCharsets.UTF_8);
        byte[] signature = sign(filter, payload);
        byte[] cursor = ByteBuffer.allocate(SIGNATURE_BYTES + payload.length)
                .put(signature)
                .put(payload)
                .array();
        return Base64.getUrlEncoder().withoutPadding().encodeToString(cursor);
    }

    /**
     * The sort keys of a cursor that {@link #encode} made for the same filter.
     *
     * @throws ApiException 400 where it is anything else
     */
    public List<String> decode(String filter, String cursor) {
        byte[] bytes = base64(cursor);
        if (bytes.length < SIGNATURE_BYTES) {
            throw invalid();
        }
        byte[] payload = Arrays.copyOfRange(bytes, SIGNATURE_BYTES, bytes.length);
        byte[] signature = Arrays.copyOf(bytes, SIGNATURE_BYTES);
        if (!MessageDigest.isEqual(signature, sign(filter, payload))) {
            throw invalid();
        }
        return List.of(new String(payload, StandardCharsets.UTF_8).split(SEPARATOR, -1));
    }

    private byte[] sign(String filter, byte[] payload) {
        return Arrays.copyOf(secrets.hmac("cursor", filter.getBytes(StandardCharsets.UTF_8), payload), SIGNATURE_BYTES);
    }

    private static byte[] base64(String cursor) {
        try {
            return Base64.getUrlDecoder().decode(cursor);
        } catch (IllegalArgumentException e) {
            throw invalid();
        }
    }

    private static ApiException invalid() {
        return ApiException.invalid("cursor", "is not a cursor of this list");
    }
}
