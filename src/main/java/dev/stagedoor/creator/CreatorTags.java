package dev.stagedoor.creator;

import java.util.List;
import java.util.UUID;

/**
 * The keys under which clients keep what they read of creators; the tags, too, of what is cached here. A write invalidates
 * exactly those that it names.
 */
public final class CreatorTags {

    /** All lists of creators. */
    public static final String CREATORS = "creators";

    private CreatorTags() {}

    /** What a creator says and is said of: also the counts of sessions and ratings. */
    public static String creator(UUID id) {
        return "creator:" + id;
    }

    /** When a creator's time is free: stale with each session that takes some, or gives some back. */
    public static String slots(UUID id) {
        return "creator:" + id + ":slots";
    }

    /** What is stale when a session was completed, or rated. */
    public static List<String> ofCountedSession(UUID id) {
        return List.of(CREATORS, creator(id), slots(id));
    }

    /** What is stale when a creator has come or has changed, the hours among it. */
    static List<String> ofChangedCreator(UUID id) {
        return List.of(CREATORS, creator(id), slots(id));
    }
}
