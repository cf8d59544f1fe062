package dev.stagedoor.cache;

import dev.stagedoor.cache.core.Read;
import dev.stagedoor.cache.core.Read.Source;
import dev.stagedoor.platform.http.Gzip;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;

/** Writes cached bodies as they are; what makes an answer conditional comes after it. */
class CachedAnswers {

    /** Before the filter that would serialize the entity: response filters run from high to low. */
    static final int PRIORITY = 6000;

    /** Seconds: few, as nobody can invalidate it there. */
    private static final String SHARED = ", s-maxage=10, stale-while-revalidate=20";

    /** Of the hint ECT (W3C Network Information API). */
    private static final Set<String> SLOW = Set.of("slow-2g", "2g", "3g");

    @ServerResponseFilter(priority = PRIORITY)
    void write(ContainerRequestContext request, ContainerResponseContext response) {
        if (!(response.getEntity() instanceof Cached cached)) {
            return;
        }
        MultivaluedMap<String, Object> headers = response.getHeaders();
        headers.putSingle("Cache-Status", status(cached.read()));
        headers.putSingle(HttpHeaders.CACHE_CONTROL, control(request, cached));
        headers.putSingle(HttpHeaders.ETAG, cached.body().entityTag());
        headers.putSingle(HttpHeaders.VARY, "Save-Data, ECT");
        Optional<byte[]> gzip = Gzip.isAccepted(request) ? cached.body().gzip() : Optional.empty();
        gzip.ifPresent(bytes -> headers.putSingle(Gzip.CONTENT_ENCODING, "gzip"));
        response.setEntity(gzip.orElse(cached.body().json()), null, MediaType.APPLICATION_JSON_TYPE);
    }

    /** RFC 9211. */
    private static String status(Read<?> read) {
        long seconds = Math.floorDiv(read.untilExpiry(), TimeUnit.SECONDS.toNanos(1));
        if (read.source() == Source.LOADER) {
            return "stagedoor; fwd=miss; stored; ttl=" + seconds;
        }
        return "stagedoor; hit; ttl=" + seconds + "; detail="
                + (read.source() == Source.FIRST_LEVEL ? "memory" : "redis");
    }

    private static String control(ContainerRequestContext request, Cached cached) {
        long maxAge = isSaving(request) ? cached.reuse().toSeconds() : 0;
        if (cached.isPublic() && isNameless(request)) {
            return "public, max-age=" + maxAge + SHARED;
        }
        return "private, max-age=" + maxAge + (maxAge == 0 ? ", must-revalidate" : "");
    }

    private static boolean isSaving(ContainerRequestContext request) {
        return "on".equalsIgnoreCase(request.getHeaderString("Save-Data"))
                || SLOW.contains(String.valueOf(request.getHeaderString("ECT")));
    }

    private static boolean isNameless(ContainerRequestContext request) {
        return request.getHeaderString(HttpHeaders.AUTHORIZATION) == null
                && request.getHeaderString("X-API-Key") == null;
    }
}
