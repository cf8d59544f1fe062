package dev.stagedoor.realtime;

import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Objects;

/** An event with its place in the topic. It is kept for a while, for who missed it. */
public final class Publication implements Message {

    private final String topic;
    private final Position position;
    private final String name;
    private final String data;
    private final String exceptSocket;
    private final List<String> invalidates;
    private final Encodings encodings = new Encodings();

    /** @param data text; JSON where the event is ours */
    Publication(
            String topic, Position position, String name, String data, String exceptSocket, List<String> invalidates) {
        this.topic = topic;
        this.position = position;
        this.name = name;
        this.data = data;
        this.exceptSocket = exceptSocket;
        this.invalidates = invalidates;
    }

    @Override
    public String topic() {
        return topic;
    }

    public Position position() {
        return position;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String data() {
        return data;
    }

    @Override
    public String exceptSocket() {
        return exceptSocket;
    }

    List<String> invalidates() {
        return invalidates;
    }

    @Override
    public <T> T as(Encoding<T> encoding) {
        return encodings.of(this, encoding);
    }

    /** What nodes tell each other beside topic and position. */
    String payload() {
        return new JsonObject()
                .put("n", name)
                .put("d", data)
                .put("x", exceptSocket)
                .put("i", String.join(" ", invalidates))
                .encode();
    }

    static Publication of(String topic, Position position, String payload) {
        JsonObject json = new JsonObject(payload);
        return new Publication(
                topic,
                position,
                json.getString("n"),
                json.getString("d"),
                json.getString("x"),
                words(json.getString("i")));
    }

    static List<String> words(String text) {
        return text.isEmpty() ? List.of() : List.of(text.split(" "));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Publication publication
                && topic.equals(publication.topic)
                && position.equals(publication.position);
    }

    @Override
    public int hashCode() {
        return Objects.hash(topic, position);
    }

    @Override
    public String toString() {
        return topic + " " + position + " " + name;
    }
}
