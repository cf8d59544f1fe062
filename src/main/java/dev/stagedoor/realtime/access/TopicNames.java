package dev.stagedoor.realtime.access;

import java.util.Optional;
import java.util.UUID;

/** Names of topics that end in the id of what they are about. */
public final class TopicNames {

    private static final int UUID_LENGTH = 36;

    private TopicNames() {}

    /** The id in a topic's name; empty where the name is another prefix, or no id follows. */
    public static Optional<UUID> id(String topic, String prefix) {
        if (!topic.startsWith(prefix) || topic.length() != prefix.length() + UUID_LENGTH) {
            return Optional.empty();
        }
        try {
            UUID id = UUID.fromString(topic.substring(prefix.length()));
            // One name for one topic: capitals would be another.
            return topic.endsWith(id.toString()) ? Optional.of(id) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
