package dev.stagedoor.realtime;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The forms of one message that were asked for. */
final class Encodings {

    private final Map<Message.Encoding<?>, Object> forms = new ConcurrentHashMap<>(4);

    @SuppressWarnings("unchecked") // An encoding is the key of what it made.
    <T> T of(Message message, Message.Encoding<T> encoding) {
        Object form = forms.get(encoding);
        return (T) (form == null ? forms.computeIfAbsent(encoding, key -> key.encode(message)) : form);
    }
}
