package dev.stagedoor.platform.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import dev.stagedoor.platform.context.Secrets;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Base64;
import java.util.stream.Stream;
import org.jboss.resteasy.reactive.RestResponse;

/** Strong entity tags (RFC 9110, section 8.8.3): the digest of a representation's bytes. */
@ApplicationScoped
public class EntityTags {

    private static final int DIGEST_BYTES = 16;
    private static final String GZIP = "-gzip\"";

    private final ObjectMapper mapper;

    public EntityTags(ObjectMapper mapper) {
        this.mapper = mapper;
    }

    /** The tag with which a GET of {@code view} answers. */
    public String of(Object view) {
        return ofBody(json(view));
    }

    /** The bytes with which a GET of {@code view} answers. */
    public byte[] json(Object view) {
        try {
            return mapper.writeValueAsBytes(view);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The view of which these are the bytes, on a node of this version or of a later one, which may have added fields. */
    public <V> V view(byte[] json, Class<V> type) {
        return read(json, mapper.readerFor(type));
    }

    /** As {@link #view(byte[], Class)}, of a view that has parameters. */
    public <V> V view(byte[] json, TypeReference<V> type) {
        return read(json, mapper.readerFor(type));
    }

    @SuppressWarnings("TypeParameterUnusedInFormals") // It is the reader's.
    private static <V> V read(byte[] json, ObjectReader reader) {
        try {
            return reader.without(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                    .readValue(json);
        } catch (IOException e) {
            throw new UncheckedIOException("A body of ours is no such view", e);
        }
    }

    /** 200 with a view and its tag. */
    public <V> RestResponse<V> tagged(V view) {
        return RestResponse.ResponseBuilder.ok(view).header("ETag", of(view)).build();
    }

    /** The tag of a body. */
    public static String ofBody(byte[] body) {
        byte[] digest = Arrays.copyOf(Secrets.sha256(body), DIGEST_BYTES);
        return '"' + Base64.getUrlEncoder().withoutPadding().encodeToString(digest) + '"';
    }

    /** The tag of the same body compressed: to other bytes belongs another strong tag (section 8.8.3.3). */
    static String ofGzip(String tag) {
        return tag.substring(0, tag.length() - 1) + GZIP;
    }

    /**
     * Checks the {@code If-Match} of an update against what the resource is now (RFC 9110, section 13.1.1).
     *
     * @throws ApiException 428 where the header is absent, 412 with the current state and tag where none of its tags matches
     */
    public void requireMatch(String ifMatch, Object currentView) {
        if (ifMatch == null || ifMatch.isBlank()) {
            throw new ApiException(428, "precondition-required", "Updates need If-Match with the entity tag of a read");
        }
        String current = of(currentView);
        if (!lists(ifMatch, current) && !lists(ifMatch, ofGzip(current))) {
            throw ApiException.preconditionFailed(current, currentView);
        }
    }

    /**
     * Checks the preconditions of a PUT, which creates or replaces.
     *
     * @param currentView null where there is nothing to replace
     * @throws ApiException 412 where {@code If-None-Match} excludes what is there, or {@code If-Match} asks for what is not;
     *     besides as {@link #requireMatch(String, Object)}
     */
    public void requireMatch(Preconditions preconditions, Object currentView) {
        String ifMatch = preconditions.ifMatch();
        String ifNoneMatch = preconditions.ifNoneMatch();
        if (currentView == null) {
            if (ifMatch != null) {
                throw new ApiException(412, "precondition-failed", "There is no such resource yet");
            }
            return;
        }
        String current = of(currentView);
        if (ifNoneMatch != null && (listsWeakly(ifNoneMatch, current) || listsWeakly(ifNoneMatch, ofGzip(current)))) {
            throw ApiException.preconditionFailed(current, currentView);
        }
        requireMatch(ifMatch, currentView);
    }

    /** Whether a list of tags names this one; weak tags never match, as an update needs (section 8.8.3.2). */
    private static boolean lists(String header, String tag) {
        return header.trim().equals("*")
                || Stream.of(header.split(",", -1)).map(String::trim).anyMatch(tag::equals);
    }

    /** Whether {@code If-None-Match} names this tag; here a weak form matches too (section 13.1.2). */
    static boolean listsWeakly(String header, String tag) {
        return lists(header.replace("W/", ""), tag);
    }
}
