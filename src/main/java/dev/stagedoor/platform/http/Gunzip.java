package dev.stagedoor.platform.http;

import io.quarkus.runtime.configuration.MemorySize;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.zip.GZIPInputStream;

/** Unpacks the bodies of batches. */
@ApplicationScoped
public class Gunzip {

    private final MemorySize limit;

    Gunzip(HttpConfig config) {
        this.limit = config.maxBatchSize();
    }

    /**
     * The body as it was before its encoding. Fails with 400 where it is damaged, with 413 where it is too large once it is
     * unpacked, and with 415 for any encoding but gzip.
     *
     * @param encoding the header {@code Content-Encoding}, or null
     */
    public byte[] decode(String encoding, byte[] body) {
        if (encoding == null || encoding.equalsIgnoreCase("identity")) {
            return body;
        }
        if (!encoding.equalsIgnoreCase("gzip")) {
            throw new ApiException(415, "unsupported-encoding", "Content-Encoding must be gzip, or absent");
        }
        int maxBytes = Math.toIntExact(limit.asLongValue());
        try (GZIPInputStream unpacked = new GZIPInputStream(new ByteArrayInputStream(body))) {
            byte[] bytes = unpacked.readNBytes(maxBytes);
            if (unpacked.read() >= 0) {
                throw FrontDoor.bodyTooLarge();
            }
            return bytes;
        } catch (IOException e) {
            throw new ApiException(400, "malformed-request", "The body is not in the format of gzip");
        }
    }
}
