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
        String known = asked.apply("If-None-Match");
        if (known != null && EntityTags.listsWeakly(known, entityTag())) {
            told.accept("ETag", EntityTags.known(known, entityTag()));
            return null;
        }
        Optional<byte[]> gzip = Gzip.isAccepted(asked.apply("Accept-Encoding")) ? gzip() : Optional.empty();
        if (gzip.isEmpty()) {
            told.accept("ETag", entityTag());
            return json();
        }
        // As Vert.x spells it.
        told.accept("content-encoding", "gzip");
        told.accept("ETag", EntityTags.ofGzip(entityTag()));
        return gzip.get();
    }
}
