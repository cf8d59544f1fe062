package dev.stagedoor.cache;

import dev.stagedoor.cache.core.Read;
import java.time.Duration;
import java.util.function.Supplier;
import org.jboss.resteasy.reactive.RestResponse;

/**
 * A body and how it was come by.
 *
 * @param read of the body
 * @param reuse how long a client that wants to save data may use it again without asking
 * @param shared how long caches on the way may keep what the nameless get, since it is the same for everyone; null where it
 *     is not
 * @param again reads the body once more from this process's memory, null where that has none to serve; is null itself
 *     where an answer must not be had so
 */
public record Cached(
        CachedBody body, Read<CachedBody> read, Duration reuse, Duration shared, Supplier<Read<CachedBody>> again) {

    /**
     * The same with another end.
     *
     * @param end in place of the one that all answers of its cache have in common
     */
    public Cached endingWith(byte[] end) {
        return new Cached(body.endingWith(end), read, reuse, null, null);
    }

    /** An answer with the body's very bytes, conditional and compressed; its type says what a client reads from them. */
    public <V> RestResponse<V> toResponse() {
        return respond(new Cached(body, read, reuse, null, null));
    }

    /**
     * As {@link #toResponse()}, where nothing but this read decides what the caller gets: it is of a key that tells who
     * asks, or of what every caller may see. While it is in memory, the same caller's same request gets it before routing.
     */
    public <V> RestResponse<V> toDirectResponse() {
        return respond(this);
    }

    /**
     * As {@link #toDirectResponse()}, of what everyone may see without a name, and sees the same.
     *
     * @param shared how long caches on the way may keep it: nobody can invalidate it there
     */
    public <V> RestResponse<V> toPublicResponse(Duration shared) {
        return respond(new Cached(body, read, reuse, shared, again));
    }

    boolean isPublic() {
        return shared != null;
    }

    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    private static <V> RestResponse<V> respond(Cached cached) {
        return (RestResponse<V>) RestResponse.ok(cached);
    }
}
