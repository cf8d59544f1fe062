package dev.stagedoor.platform.http;

import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.UnaryOperator;

/** A resource as JSON, ready to be sent. */
public interface Representation {

    /** Request headers that decide what a client gets. */
    String VARY = "Accept-Encoding, Authorization, X-API-Key";

    byte[] json();

    /** The same bytes compressed, where that pays. */
    Optional<byte[]> gzip();

    /** The strong tag of the JSON. */
    String entityTag();

    /**
     * What a GET gets: as few bytes as pays, or none where the client has them already.
     *
     * @param asked gives a header of the request by its name, or null
     * @param told takes the headers of the answer
     * @return null where the answer is 304
     */
    default byte[] answer(UnaryOperator<String> asked, BiConsumer<String, String> told) {
        boolean takesGzip = Gzip.isAccepted(asked.apply("Accept-Encoding"));
        String known = asked.apply("If-None-Match");
        if (known != null && EntityTags.listsWeakly(known, entityTag())) {
            told.accept("ETag", entityTag());
            return null;
        }
        String gzipTag = EntityTags.ofGzip(entityTag());
        // Not for who cannot read it: a cache may ask on behalf of another client than it has this form for.
        if (known != null && takesGzip && EntityTags.listsWeakly(known, gzipTag)) {
            told.accept("ETag", gzipTag);
            return null;
        }
        Optional<byte[]> gzip = takesGzip ? gzip() : Optional.empty();
        if (gzip.isPresent()) {
            // As Vert.x spells it.
            told.accept("content-encoding", "gzip");
        }
        told.accept("ETag", gzip.isPresent() ? gzipTag : entityTag());
        return gzip.orElseGet(this::json);
    }
}
