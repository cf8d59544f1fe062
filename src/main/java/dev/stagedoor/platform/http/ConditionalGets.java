package dev.stagedoor.platform.http;

import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;

/** Gives every JSON answer to a GET its entity tag, and 304 to who has it already. */
class ConditionalGets {

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
        String tag = EntityTags.of(body);
        response.getHeaders().putSingle(HttpHeaders.ETAG, tag);
        response.getHeaders().computeIfAbsent(HttpHeaders.CACHE_CONTROL, name -> List.of(PRIVATE));
        response.getHeaders().add(HttpHeaders.VARY, HttpHeaders.AUTHORIZATION + ", X-API-Key");
        String known = request.getHeaderString(HttpHeaders.IF_NONE_MATCH);
        if (known != null && EntityTags.listsWeakly(known, tag)) {
            response.setStatus(304);
            response.setEntity(null);
        } else {
            response.setEntity(body, null, MediaType.APPLICATION_JSON_TYPE);
        }
    }

    private static boolean isTaggable(ContainerRequestContext request, ContainerResponseContext response) {
        return request.getMethod().equals(HttpMethod.GET)
                && response.getStatus() == 200
                && response.hasEntity()
                && MediaType.APPLICATION_JSON_TYPE.isCompatible(response.getMediaType());
    }
}
