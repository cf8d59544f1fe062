package dev.stagedoor.platform.http;

import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;

/** Gives every JSON answer to a GET or HEAD its entity tag, 304 to who has it already, and the others few bytes. */
class ConditionalGets {

    private static final Set<String> READS = Set.of(HttpMethod.GET, HttpMethod.HEAD);
    private static final String PRIVATE = "private, no-cache";

    private final EntityTags entityTags;

    ConditionalGets(EntityTags entityTags) {
        this.entityTags = entityTags;
    }

    private static final class Fresh implements Representation {

        private final byte[] json;
        private final String entityTag;

        Fresh(byte[] json) {
            this.json = json;
            this.entityTag = EntityTags.ofBody(json);
        }

        @Override
        public byte[] json() {
            return json;
        }

        @Override
        public Optional<byte[]> gzip() {
            return Gzip.compress(json);
        }

        @Override
        public String entityTag() {
            return entityTag;
        }
    }

    @ServerResponseFilter
    void answer(ContainerRequestContext request, ContainerResponseContext response) {
        if (!isTaggable(request, response)) {
            return;
        }
        MultivaluedMap<String, Object> headers = response.getHeaders();
        headers.computeIfAbsent(HttpHeaders.CACHE_CONTROL, name -> List.of(PRIVATE));
        headers.computeIfAbsent(HttpHeaders.VARY, name -> List.of(Representation.VARY));
        byte[] body = representation(response.getEntity()).answer(request::getHeaderString, headers::putSingle);
        if (body == null) {
            response.setStatus(304);
            response.setEntity(null);
        } else {
            response.setEntity(body, null, MediaType.APPLICATION_JSON_TYPE);
        }
    }

    private Representation representation(Object entity) {
        return entity instanceof Representation ready ? ready : new Fresh(entityTags.json(entity));
    }

    private static boolean isTaggable(ContainerRequestContext request, ContainerResponseContext response) {
        return READS.contains(request.getMethod())
                && response.getStatus() == 200
                && response.hasEntity()
                && MediaType.APPLICATION_JSON_TYPE.isCompatible(response.getMediaType());
    }
}
