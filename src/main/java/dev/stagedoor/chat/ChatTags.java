package dev.stagedoor.chat;

import java.util.List;
import java.util.UUID;

/** Names under which caches depend on chat. */
public final class ChatTags {

    private ChatTags() {}

    /** Which channels a user is in. */
    public static String channelsOf(UUID userId) {
        return "user:" + userId + ":channels";
    }

    /** What a channel is, and how many are in it. */
    public static String channel(UUID id) {
        return "channel:" + id;
    }

    public static String messages(UUID channelId) {
        return "channel:" + channelId + ":messages";
    }

    /** What changes when someone joins a channel or leaves it. */
    public static List<String> ofMember(UUID channelId, UUID userId) {
        return List.of(channel(channelId), membership(channelId, userId), channelsOf(userId));
    }

    /** As {@link #ofMember}, of the chat of a stream: it is in no list, and that others are in it stays as it is. */
    public static List<String> ofViewer(UUID channelId, UUID userId) {
        return List.of(membership(channelId, userId));
    }

    /** What a user is to a channel. */
    static String membership(UUID channelId, UUID userId) {
        return "channel:" + channelId + ":member:" + userId;
    }
}
