package dev.stagedoor.platform.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.zip.GZIPOutputStream;

/** Compresses bodies where that pays: from 1 KiB on, and where it saves a tenth. */
public final class Gzip {

    private static final int FROM_BYTES = 1024;
    private static final double MAX_RATIO = 0.9;

    /** Named, and not with a weight of zero. */
    private static final Pattern ACCEPTED =
            Pattern.compile("(?i)(^|,)\\s*gzip\\s*(?!;\\s*q=0(\\.0*)?\\s*(,|$))(;|,|$)");

    private Gzip() {}

    /** Whether {@code Accept-Encoding}, which may be null, allows it. */
    static boolean isAccepted(String accepted) {
        return accepted != null && ACCEPTED.matcher(accepted).find();
    }

    /** The compressed body; empty where it does not pay. */
    public static Optional<byte[]> compress(byte[] body) {
        if (body.length < FROM_BYTES) {
            return Optional.empty();
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream(body.length / 2);
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(body);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.size() <= MAX_RATIO * body.length ? Optional.of(out.toByteArray()) : Optional.empty();
    }
}
