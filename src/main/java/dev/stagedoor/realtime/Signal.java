package dev.stagedoor.realtime;

import io.vertx.core.json.JsonObject;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/** Something that is told to who is there now, and that nobody misses later: what a client says to others. */
public final class Signal implements Message {

    private static final AtomicLong NUMBERS = new AtomicLong();

    private final long number = NUMBERS.incrementAndGet();
    private final String topic;
    private final String name;
    private final String data;
    private final String userId;
    private final String exceptSocket;
    private final Long order;
    private final Encodings encodings = new Encodings();

    /**
     * A signal.
     *
     * @param data any JSON value
     * @param userId who says it, or null
     * @param exceptSocket who does not hear it, or null
     */
    public Signal(String topic, String name, String data, String userId, String exceptSocket) {
        this(topic, name, data, userId, exceptSocket, null);
    }

    private Signal(String topic, String name, String data, String userId, String exceptSocket, Long order) {
        this.topic = topic;
        this.name = name;
        this.data = data;
        this.userId = userId;
        this.exceptSocket = exceptSocket;
        this.order = order;
    }

    /**
     * Something that is not told any more once what has a higher order was told in the topic: the newest of its kind.
     *
     * @param data any JSON value
     */
    public static Signal newest(String topic, String name, String data, long order) {
        return new Signal(topic, name, data, null, null, order);
    }

    @Override
    public String topic() {
        return topic;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String data() {
        return data;
    }

    /** Who says it, or null. */
    public String userId() {
        return userId;
    }

    @Override
    public String exceptSocket() {
        return exceptSocket;
    }

    /** Null where whatever came before is told, too. */
    Long order() {
        return order;
    }

    @Override
    public <T> T as(Encoding<T> encoding) {
        return encodings.of(this, encoding);
    }

    /** What nodes tell each other beside the topic; the origin and the number name it. */
    String payload(String origin) {
        return new JsonObject()
                .put("o", origin)
                .put("i", number)
                .put("n", name)
                .put("d", data)
                .put("u", userId)
                .put("x", exceptSocket)
                .put("r", order)
                .encode();
    }

    /**
     * What another node has told.
     *
     * @param id names it among those of all nodes
     */
    record Heard(String id, Signal signal) {}

    /** Empty where it comes from here. */
    static Optional<Heard> fromElsewhere(String origin, String topic, String payload) {
        JsonObject json = new JsonObject(payload);
        String from = json.getString("o");
        return origin.equals(from)
                ? Optional.empty()
                : Optional.of(new Heard(from + "-" + json.getLong("i"), of(topic, json)));
    }

    private static Signal of(String topic, JsonObject json) {
        return new Signal(
                topic,
                json.getString("n"),
                json.getString("d"),
                json.getString("u"),
                json.getString("x"),
                json.getLong("r"));
    }
}
