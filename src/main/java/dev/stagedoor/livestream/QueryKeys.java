package dev.stagedoor.livestream;

import java.util.List;
import java.util.UUID;

/**
 * The keys under which clients keep what they read of streams; the tags, too, of what is cached here. A write invalidates
 * exactly those that it names.
 */
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

    /** What is stale when a stream has changed. */
    static List<String> ofChangedStream(UUID id) {
        return List.of(backstage(id), stream(id), STREAMS);
    }

    /** What is stale when a stream has come or gone, and its owner and who else takes part with it. */
    static List<String> ofNewOrDeletedStream(UUID id) {
        return List.of(backstage(id), stream(id), participants(id), STREAMS);
    }

    /** What is stale when someone has come to take part, has changed or has gone. */
    public static List<String> ofParticipants(UUID streamId) {
        return List.of(backstage(streamId), participants(streamId));
    }
}
