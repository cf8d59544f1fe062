package dev.stagedoor.realtime.supabase;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;

/**
 * What client and server say to each other, one in a frame: a message of Phoenix channels.
 *
 * @param joinRef which join of the channel it belongs to, or null
 * @param ref what its answer is to name, or null
 */
record Phrase(String joinRef, String ref, String topic, String event, JsonObject payload) {

    private static final int BROADCAST = 3;
    private static final int HEADER = 7;
    private static final int JSON = 1;

    /** How messages are written. */
    enum Version {
        /** As objects. */
        V1,
        /** As arrays; what clients broadcast comes in binary frames. */
        V2
    }

    /** Reads a text frame; fails with a {@link Refusal} for what is no message. */
    static Phrase parse(Version version, String text) {
        try {
            return version == Version.V1 ? ofObject(new JsonObject(text)) : ofArray(new JsonArray(text));
        } catch (DecodeException e) {
            throw new Refusal("the frame is not the JSON of its version");
        }
    }

    private static Phrase ofObject(JsonObject frame) {
        return of(
                frame.getValue("join_ref"),
                frame.getValue("ref"),
                frame.getValue("topic"),
                frame.getValue("event"),
                frame.getValue("payload"));
    }

    private static Phrase ofArray(JsonArray frame) {
        if (frame.size() != 5) {
            throw new Refusal("the frame does not have five parts");
        }
        return of(frame.getValue(0), frame.getValue(1), frame.getValue(2), frame.getValue(3), frame.getValue(4));
    }

    private static Phrase of(Object joinRef, Object ref, Object topic, Object event, Object payload) {
        if (topic instanceof String name && event instanceof String what && isPayload(payload)) {
            return new Phrase(
                    text(joinRef), text(ref), name, what, payload == null ? new JsonObject() : (JsonObject) payload);
        }
        throw new Refusal("the frame has no topic, event and payload");
    }

    private static boolean isPayload(Object payload) {
        return payload == null || payload instanceof JsonObject;
    }

    /** Some clients count in numbers. */
    private static String text(Object ref) {
        if (ref == null || ref instanceof String || ref instanceof Number) {
            return ref == null ? null : ref.toString();
        }
        throw new Refusal("a reference is neither text nor number");
    }

    /**
     * Reads a binary frame: kind, lengths of join_ref, ref, topic, event and metadata, and the payload's encoding, a byte
     * each; then these texts, and the payload.
     */
    static Phrase parse(Version version, Buffer bytes) {
        if (version == Version.V1) {
            throw new Refusal("this version has no binary frames");
        }
        if (bytes.length() < HEADER || bytes.getUnsignedByte(0) != BROADCAST) {
            throw new Refusal("the binary frame is no broadcast");
        }
        int end = HEADER;
        String[] texts = new String[5];
        for (int i = 0; i < texts.length; i++) {
            int start = end;
            end += bytes.getUnsignedByte(i + 1);
            if (end > bytes.length()) {
                throw new Refusal("the binary frame ends too early");
            }
            texts[i] = bytes.getString(start, end, StandardCharsets.UTF_8.name());
        }
        boolean isJson = bytes.getUnsignedByte(HEADER - 1) == JSON;
        return new Phrase(
                emptyToNull(texts[0]),
                emptyToNull(texts[1]),
                texts[2],
                "broadcast",
                isJson ? broadcast(texts[3], bytes.getString(end, bytes.length())) : new JsonObject());
    }

    /** Empty where it is no JSON: what has no event is refused by its reference. */
    private static JsonObject broadcast(String event, String json) {
        try {
            return new JsonObject().put("event", event).put("payload", Json.decodeValue(json));
        } catch (DecodeException e) {
            return new JsonObject();
        }
    }

    private static String emptyToNull(String text) {
        return text.isEmpty() ? null : text;
    }

    String encode(Version version) {
        return encode(version, joinRef, ref, topic, event, payload.encode());
    }

    /** The text of a frame whose payload is JSON already. */
    static String encode(Version version, String joinRef, String ref, String topic, String event, String payloadJson) {
        return version == Version.V1
                ? "{\"topic\":" + Json.encode(topic) + ",\"event\":" + Json.encode(event) + ",\"payload\":"
                        + payloadJson + ",\"ref\":" + Json.encode(ref) + ",\"join_ref\":" + Json.encode(joinRef) + "}"
                : "[" + Json.encode(joinRef) + "," + Json.encode(ref) + "," + Json.encode(topic) + ","
                        + Json.encode(event) + "," + payloadJson + "]";
    }

    /** The answer to this. */
    Phrase reply(String status, JsonObject response) {
        return new Phrase(
                joinRef,
                ref,
                topic,
                "phx_reply",
                new JsonObject().put("status", status).put("response", response));
    }

    /** That this is not done. */
    Phrase refuse(String reason) {
        return reply("error", new JsonObject().put("reason", reason));
    }
}
