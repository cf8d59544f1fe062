package dev.stagedoor.cache;

import dev.stagedoor.platform.http.Gzip;
import dev.stagedoor.platform.http.Representation;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** An answer as it goes out: JSON in UTF-8, its strong entity tag, and its gzip form where that pays. */
public final class CachedBody implements Representation {

    /**
     * The first byte of what Redis holds; what is of another format counts as absent. Raise it with every change of a
     * cached view that an older version's clients or nodes would stumble over: two versions share Redis during an upgrade.
     */
    static final byte FORMAT = 1;

    private final byte[] json;
    private final byte[] gzip;
    private final String entityTag;

    private CachedBody(byte[] json, byte[] gzip, String entityTag) {
        this.json = json;
        this.gzip = gzip;
        this.entityTag = entityTag;
    }

    static CachedBody of(byte[] json, String entityTag) {
        return new CachedBody(json, Gzip.compress(json).orElse(null), entityTag);
    }

    /** The caller leaves the bytes as they are. */
    @Override
    public byte[] json() {
        return json;
    }

    @Override
    public Optional<byte[]> gzip() {
        return Optional.ofNullable(gzip);
    }

    @Override
    public String entityTag() {
        return entityTag;
    }

    int bytes() {
        return json.length + (gzip == null ? 0 : gzip.length) + 2 * entityTag.length();
    }

    /** Format, lengths of tag and JSON, then tag, JSON and, if any, gzip. A null body stands for "there is none". */
    static byte[] encode(CachedBody body) {
        if (body == null) {
            return new byte[] {FORMAT};
        }
        byte[] tag = body.entityTag.getBytes(StandardCharsets.US_ASCII);
        byte[] gzip = body.gzip == null ? new byte[0] : body.gzip;
        return ByteBuffer.allocate(1 + 2 * Integer.BYTES + tag.length + body.json.length + gzip.length)
                .put(FORMAT)
                .putInt(tag.length)
                .putInt(body.json.length)
                .put(tag)
                .put(body.json)
                .put(gzip)
                .array();
    }

    static CachedBody decode(byte[] encoded) {
        if (encoded.length == 1) {
            return null;
        }
        ByteBuffer buffer = ByteBuffer.wrap(encoded, 1, encoded.length - 1);
        byte[] tag = new byte[buffer.getInt()];
        byte[] json = new byte[buffer.getInt()];
        buffer.get(tag).get(json);
        byte[] gzip = buffer.hasRemaining() ? new byte[buffer.remaining()] : null;
        if (gzip != null) {
            buffer.get(gzip);
        }
        return new CachedBody(json, gzip, new String(tag, StandardCharsets.US_ASCII));
    }
}
