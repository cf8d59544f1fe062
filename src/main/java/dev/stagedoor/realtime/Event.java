package dev.stagedoor.realtime;

import java.util.List;

/**
 * Something that happened, to be told to who listens to a topic.
 *
 * @param name kebab case with a dot, as in {@code message.created}
 * @param data becomes JSON with {@code invalidates} added to it; a text goes out as it is
 * @param exceptSocket the Pusher socket that is not told, or null
 * @param invalidates the query keys that it makes stale
 */
public record Event(String topic, String name, Object data, String exceptSocket, List<String> invalidates) {

    /** An event of ours. */
    public static Event of(String topic, String name, Object data, List<String> invalidates) {
        return new Event(topic, name, data, null, invalidates);
    }
}
