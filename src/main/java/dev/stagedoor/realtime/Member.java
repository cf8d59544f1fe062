package dev.stagedoor.realtime;

import dev.stagedoor.realtime.presence.Presence;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonObject;

/**
 * Someone who is present in a topic.
 *
 * @param info JSON, or null
 */
public record Member(String userId, String info) {

    static Member of(String data) {
        JsonObject json = new JsonObject(data);
        Object info = json.getValue("user_info");
        return new Member(json.getString("user_id"), info == null ? null : Json.encode(info));
    }

    /** Of whom a publication says that they came or went. */
    public static String userIdOf(Publication publication) {
        return of(publication.data()).userId();
    }

    /** Whether a publication says that this user came or went. */
    public static boolean isAbout(Publication publication, String userId) {
        return (publication.name().equals(Presence.ADDED) || publication.name().equals(Presence.REMOVED))
                && userIdOf(publication).equals(userId);
    }
}
