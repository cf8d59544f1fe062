package dev.stagedoor.cache;

import dev.stagedoor.cache.core.Read;
import dev.stagedoor.platform.http.Representation;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.UnaryOperator;

/** What an answer says of its way through the cache, and to the caches behind. */
final class CacheHeaders {

    /** Of the hint ECT (W3C Network Information API). */
    private static final Set<String> SLOW = Set.of("slow-2g", "2g", "3g");

    private static final String VARY = Representation.VARY + ", Save-Data, ECT";

    private CacheHeaders() {}

    /**
     * Adds them to an answer.
     *
     * @param asked gives a header of the request by its name, or null
     * @param told takes the headers of the answer
     */
    static void add(Cached cached, UnaryOperator<String> asked, BiConsumer<String, String> told) {
        told.accept("Cache-Status", status(cached.read()));
        told.accept("Cache-Control", control(cached, asked));
        told.accept("Vary", VARY);
    }

    /** RFC 9211. */
    private static String status(Read<?> read) {
        long seconds = Math.floorDiv(read.untilExpiry(), TimeUnit.SECONDS.toNanos(1));
        return switch (read.source()) {
            case FIRST_LEVEL -> "stagedoor; hit; ttl=" + seconds + "; detail=memory";
            case SECOND_LEVEL -> "stagedoor; hit; ttl=" + seconds + "; detail=redis";
            case LOADER -> "stagedoor; fwd=miss; stored; ttl=" + seconds;
            case BYPASS -> "stagedoor; fwd=bypass";
        };
    }

    private static String control(Cached cached, UnaryOperator<String> asked) {
        long maxAge = isSaving(asked) ? cached.reuse().toSeconds() : 0;
        if (cached.isPublic() && isNameless(asked)) {
            long shared = cached.shared().toSeconds();
            return "public, max-age=" + maxAge + ", s-maxage=" + shared + ", stale-while-revalidate=" + 2 * shared;
        }
        return "private, max-age=" + maxAge + (maxAge == 0 ? ", must-revalidate" : "");
    }

    private static boolean isSaving(UnaryOperator<String> asked) {
        return "on".equalsIgnoreCase(asked.apply("Save-Data")) || SLOW.contains(String.valueOf(asked.apply("ECT")));
    }

    private static boolean isNameless(UnaryOperator<String> asked) {
        return asked.apply("Authorization") == null && asked.apply("X-API-Key") == null;
    }
}
