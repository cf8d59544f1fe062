package dev.stagedoor.realtime.supabase;

import dev.stagedoor.realtime.Message;
import dev.stagedoor.realtime.socket.Frame;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** The frames of one message: clients that say the same in their joins get the same. */
final class SharedFrames {

    static final Message.Encoding<SharedFrames> ENCODING = message -> new SharedFrames();

    private final Map<Key, Frame> frames = new ConcurrentHashMap<>(4);

    private SharedFrames() {}

    /**
     * What frames of a message differ by.
     *
     * @param table empty for a broadcast
     * @param place of the change among those of the message
     * @param ids of the bindings that want the change
     */
    record Key(Phrase.Version version, String topic, String table, int place, List<Integer> ids) {}

    Frame get(Key key, Supplier<String> text) {
        return frames.computeIfAbsent(key, absent -> Frame.text(text.get()));
    }
}
