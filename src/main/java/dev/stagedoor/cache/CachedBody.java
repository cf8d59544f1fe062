package dev.stagedoor.cache;

import dev.stagedoor.platform.http.EntityTags;
import dev.stagedoor.platform.http.Gzip;
import dev.stagedoor.platform.http.Representation;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/** An answer as it goes out: JSON in UTF-8, its strong entity tag, and its gzip form where that pays. */
public final class CachedBody implements Representation {

    /**
     * The first byte of what Redis holds; what is of another format counts as absent. Raise it with every change of a
     * cached view that an older version's clients or nodes would stumble over: two versions share Redis during an upgrade.
     */
    static final byte FORMAT = 2;

    /** About how much more a view takes than its JSON. */
    private static final int VIEW_FACTOR = 2;

    private final byte[] json;
    private final byte[] gzip;
    private final String entityTag;
    private final Head head;
    private final boolean keepsView;

    /** Null where none is kept, and until it is known. */
    private volatile Object view;

    private CachedBody(byte[] json, byte[] gzip, String entityTag, Head head, boolean keepsView) {
        this.json = json;
        this.gzip = gzip;
        this.entityTag = entityTag;
        this.head = head;
        this.keepsView = keepsView;
    }

    /** How many bytes of both forms are before the end that can be replaced. */
    private record Head(int json, int gzip) {}

    static CachedBody of(byte[] json) {
        return new CachedBody(json, Gzip.compress(json).orElse(null), EntityTags.ofBody(json), null, false);
    }

    /** Of what is never sent: the view itself is kept ready. */
    static CachedBody ofView(Object view, byte[] json) {
        CachedBody body = new CachedBody(json, null, EntityTags.ofBody(json), null, true);
        body.view = view;
        return body;
    }

    /** Of what {@link #endingWith} gives other ends than this one, as many bytes long. */
    static CachedBody withEnd(int end, byte[] json) {
        int length = json.length - end;
        byte[] head = Gzip.compressHead(json, length).orElse(null);
        byte[] gzip = head == null ? null : Gzip.complete(head, head.length, json, length);
        return new CachedBody(
                json, gzip, EntityTags.ofBody(json), new Head(length, head == null ? 0 : head.length), false);
    }

    /** The same with another end, which takes little of the time that compressing it all takes. */
    CachedBody endingWith(byte[] end) {
        byte[] otherJson = concat(json, head.json, end);
        byte[] otherGzip = gzip == null ? null : Gzip.complete(gzip, head.gzip, otherJson, head.json);
        byte[] tag = entityTag.getBytes(StandardCharsets.US_ASCII);
        // All that tells these bytes from others, and much less than they are.
        String otherTag = EntityTags.ofBody(concat(tag, tag.length, end));
        return new CachedBody(otherJson, otherGzip, otherTag, head, false);
    }

    private static byte[] concat(byte[] start, int length, byte[] end) {
        byte[] all = Arrays.copyOf(start, length + end.length);
        System.arraycopy(end, 0, all, length, end.length);
        return all;
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

    /** The view that is kept; null where there is none. */
    Object view() {
        return view;
    }

    /** Keeps a view that was read from the JSON where that is to be kept ready. */
    void keep(Object read) {
        if (keepsView) {
            view = read;
        }
    }

    int bytes() {
        int others = keepsView
                ? VIEW_FACTOR * json.length
                : gzip().map(bytes -> bytes.length).orElse(0);
        return json.length + others + 2 * entityTag.length();
    }

    /**
     * Format, whether a view is kept, lengths of tag and JSON, then tag, JSON and, if any, gzip. A null body stands for
     * "there is none". Ends are not told apart any more: what has them is kept in one process alone.
     */
    static byte[] encode(CachedBody body) {
        if (body == null) {
            return new byte[] {FORMAT};
        }
        byte[] tag = body.entityTag.getBytes(StandardCharsets.US_ASCII);
        byte[] gzip = body.gzip == null ? new byte[0] : body.gzip;
        return ByteBuffer.allocate(2 + 2 * Integer.BYTES + tag.length + body.json.length + gzip.length)
                .put(FORMAT)
                .put((byte) (body.keepsView ? 1 : 0))
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
        boolean keepsView = buffer.get() == 1;
        byte[] tag = new byte[buffer.getInt()];
        byte[] json = new byte[buffer.getInt()];
        buffer.get(tag).get(json);
        byte[] gzip = buffer.hasRemaining() ? new byte[buffer.remaining()] : null;
        if (gzip != null) {
            buffer.get(gzip);
        }
        return new CachedBody(json, gzip, new String(tag, StandardCharsets.US_ASCII), null, keepsView);
    }
}
