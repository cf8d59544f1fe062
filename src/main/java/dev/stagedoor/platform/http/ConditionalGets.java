package dev.stagedoor.platform.http;

import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Optional;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;

/** Gives every JSON answer to a GET its entity tag, 304 to who has it already, and the others as few bytes as pays. */
class ConditionalGets {

    private static final String VARY = "Accept-Encoding, Authorization, X-API-Key";
    private static final String PRIVATE = "private, no-cache";

    private final EntityTags entityTags;

    ConditionalGets(EntityTags entityTags) {
        this.entityTags = entityTags;
    }

    @ServerResponseFilter
    void tag(ContainerRequestContext request, ContainerResponseContext response) {
        if (!isTaggable(request, response)) {
            return;
        }
        byte[] body = response.getEntity() instanceof byte[] bytes ? bytes : entityTags.json(response.getEntity());
        String tag = (String) response.getHeaders()
                .computeIfAbsent(HttpHeaders.ETAG, name -> List.of(EntityTags.ofBody(body)))
                .get(0);
        response.getHeaders().computeIfAbsent(HttpHeaders.CACHE_CONTROL, name -> List.of(PRIVATE));
        // In one line: of several, some caches heed the last alone.
        Object more = response.getHeaders().getFirst(HttpHeaders.VARY);
        response.getHeaders().putSingle(HttpHeaders.VARY, more == null ? VARY : VARY + ", " + more);
        String known = request.getHeaderString(HttpHeaders.IF_NONE_MATCH);
        if (known != null && EntityTags.listsWeakly(known, tag)) {
            response.setStatus(304);
            response.setEntity(null);
            response.getHeaders().remove(Gzip.CONTENT_ENCODING);
        } else {
            response.setEntity(encoded(request, response, body), null, MediaType.APPLICATION_JSON_TYPE);
        }
    }

    private static byte[] encoded(ContainerRequestContext request, ContainerResponseContext response, byte[] body) {
        boolean isEncoded = response.getHeaders().containsKey(Gzip.CONTENT_ENCODING);
        Optional<byte[]> gzip = isEncoded || !Gzip.isAccepted(request) ? Optional.empty() : Gzip.compress(body);
        gzip.ifPresent(bytes -> response.getHeaders().putSingle(Gzip.CONTENT_ENCODING, "gzip"));
        return gzip.orElse(body);
    }

    private static boolean isTaggable(ContainerRequestContext request, ContainerResponseContext response) {
        return request.getMethod().equals(HttpMethod.GET)
                && response.getStatus() == 200
                && response.hasEntity()
                && MediaType.APPLICATION_JSON_TYPE.isCompatible(response.getMediaType());
    }
}
