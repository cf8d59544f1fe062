package dev.stagedoor.livestream;

import dev.stagedoor.realtime.Event;
import dev.stagedoor.realtime.access.Listener;
import dev.stagedoor.realtime.access.TopicNames;
import dev.stagedoor.realtime.access.TopicRule;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;

/** What is told of live streams: to everyone, as everyone may read of them. */
@ApplicationScoped
class LiveStreamTopics implements TopicRule {

    private static final String ALL = "streams";
    private static final String ONE = "stream-";

    /** What has happened to a stream. */
    enum Change {
        CREATED,
        UPDATED,
        STARTED,
        ENDED;

        private String eventName() {
            return "live-stream." + name().toLowerCase(Locale.ROOT);
        }
    }

    /** To who watches the stream, and to who watches the lists. */
    static List<Event> changed(Change change, LiveStreamView stream) {
        List<String> keys = change == Change.CREATED
                ? QueryKeys.ofNewOrDeletedStream(stream.id())
                : QueryKeys.ofChangedStream(stream.id());
        return toBoth(stream.id(), change.eventName(), stream, keys);
    }

    static List<Event> deleted(UUID id) {
        return toBoth(id, "live-stream.deleted", Map.of("id", id), QueryKeys.ofNewOrDeletedStream(id));
    }

    private static List<Event> toBoth(UUID id, String name, Object data, List<String> keys) {
        return List.of(Event.of(ONE + id, name, data, keys), Event.of(ALL, name, data, keys));
    }

    @Override
    public boolean covers(String topic) {
        return topic.equals(ALL) || TopicNames.id(topic, ONE).isPresent();
    }

    @Override
    public Uni<Boolean> admits(Listener listener, String topic) {
        return Uni.createFrom().item(true);
    }
}
