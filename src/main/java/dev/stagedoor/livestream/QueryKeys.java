package dev.stagedoor.livestream;

import java.util.UUID;

/** The keys under which clients keep what they read of streams. */
public final class QueryKeys {

    /** All lists of streams. */
    public static final String STREAMS = "streams";

    private QueryKeys() {}

    public static String stream(UUID id) {
        return "stream:" + id;
    }

    public static String participants(UUID streamId) {
        return "stream:" + streamId + ":participants";
    }

    public static String backstage(UUID streamId) {
        return "backstage:" + streamId;
    }
}
