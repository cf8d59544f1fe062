package dev.stagedoor.realtime.sse;

import dev.stagedoor.realtime.Message;
import dev.stagedoor.realtime.Signal;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.Json;
import java.util.regex.Pattern;

/**
 * The form of messages on a stream, without their ids: {@code event} is the name, {@code data} is
 * <code>{"channel": …, "data": …}</code>, in which a text that is no JSON is a JSON string.
 */
final class EventForm implements Message.Encoding<Buffer> {

    static final EventForm INSTANCE = new EventForm();

    private static final Pattern LINE_END = Pattern.compile("\r\n|\r|\n");

    private EventForm() {}

    @Override
    public Buffer encode(Message message) {
        return event(
                message.name(), "{\"channel\":" + Json.encode(message.topic()) + ",\"data\":" + json(message) + "}");
    }

    private static String json(Message message) {
        String data = message.data();
        return message instanceof Signal || isJson(data) ? data : Json.encode(data);
    }

    private static boolean isJson(String text) {
        try {
            Json.decodeValue(text);
            return !text.isBlank();
        } catch (DecodeException e) {
            return false;
        }
    }

    /** An event of any name and data. */
    static Buffer event(String name, String data) {
        StringBuilder lines = new StringBuilder(name.length() + data.length() + 32);
        lines.append("event: ").append(LINE_END.matcher(name).replaceAll(" ")).append('\n');
        for (String line : LINE_END.split(data, -1)) {
            lines.append("data: ").append(line).append('\n');
        }
        return Buffer.buffer(lines.append('\n').toString());
    }
}
