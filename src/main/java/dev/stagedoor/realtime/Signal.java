package dev.stagedoor.realtime;

import io.vertx.core.json.JsonObject;
import java.util.Optional;

/** Something that is told to who is there now, and that nobody misses later: what a client says to others. */
public final class Signal implements Message {

    /** With a user: what clients may name so has none. */
    private static final String REVOKED = "access revoked";

    private final String topic;
    private final String name;
    private final String json;
    private final String userId;
    private final String exceptSocket;
    private final Encodings encodings = new Encodings();

    /**
     * A signal.
     *
     * @param json any JSON value
     * @param userId who says it, or null
     * @param exceptSocket who does not hear it, or null
     */
    public Signal(String topic, String name, String json, String userId, String exceptSocket) {
        this.topic = topic;
        this.name = name;
        this.json = json;
        this.userId = userId;
        this.exceptSocket = exceptSocket;
    }

    /** Tells the doors that this user may not listen to the topic any more. */
    public static Signal revoking(String topic, String userId) {
        return new Signal(topic, REVOKED, "{}", userId, null);
    }

    /** Whether the topic is closed to this user from now on; clients are not told. */
    public boolean isRevoked() {
        return userId != null && name.equals(REVOKED);
    }

    @Override
    public String topic() {
        return topic;
    }

    @Override
    public String name() {
        return name;
    }

    /** Any JSON value. */
    public String json() {
        return json;
    }

    /** Who says it, or null. */
    public String userId() {
        return userId;
    }

    @Override
    public String exceptSocket() {
        return exceptSocket;
    }

    @Override
    public <T> T as(Encoding<T> encoding) {
        return encodings.of(this, encoding);
    }

    /** What nodes tell each other beside the topic. */
    String payload(String origin) {
        return new JsonObject()
                .put("o", origin)
                .put("n", name)
                .put("d", json)
                .put("u", userId)
                .put("x", exceptSocket)
                .encode();
    }

    /** Empty where it comes from here. */
    static Optional<Signal> fromElsewhere(String origin, String topic, String payload) {
        JsonObject json = new JsonObject(payload);
        return origin.equals(json.getString("o")) ? Optional.empty() : Optional.of(of(topic, json));
    }

    private static Signal of(String topic, JsonObject json) {
        return new Signal(topic, json.getString("n"), json.getString("d"), json.getString("u"), json.getString("x"));
    }
}
