package dev.stagedoor.cache;

import dev.stagedoor.cache.core.Read;
import java.time.Duration;
import org.jboss.resteasy.reactive.RestResponse;

/**
 * A body and how it was come by.
 *
 * @param read of the body
 * @param reuse how long a client that wants to save data may use it again without asking
 * @param isPublic whether it is the same for everyone, so that caches on the way may keep what the nameless get
 */
public record Cached(CachedBody body, Read<CachedBody> read, Duration reuse, boolean isPublic) {

    /** An answer with the body's very bytes, conditional and compressed; its type says what a client reads from them. */
    public <V> RestResponse<V> toResponse() {
        return respond(this);
    }

    /** As {@link #toResponse()}, of what everyone may see, and sees the same. */
    public <V> RestResponse<V> toPublicResponse() {
        return respond(new Cached(body, read, reuse, true));
    }

    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    private static <V> RestResponse<V> respond(Cached cached) {
        return (RestResponse<V>) RestResponse.ok(cached);
    }
}
