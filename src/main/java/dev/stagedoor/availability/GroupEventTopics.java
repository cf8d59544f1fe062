package dev.stagedoor.availability;

import dev.stagedoor.realtime.Event;
import dev.stagedoor.realtime.access.Listener;
import dev.stagedoor.realtime.access.TopicRule;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;

/** What is told of group events, to whoever has their link. */
@ApplicationScoped
class GroupEventTopics implements TopicRule {

    private static final String EVENTS = "private-event-";

    private final GroupEventService service;

    GroupEventTopics(GroupEventService service) {
        this.service = service;
    }

    static String topic(String token) {
        return EVENTS + token;
    }

    /** What others see of it differs, so that each reads it anew. */
    static Event changed(String token) {
        return of(token, "event.updated");
    }

    /** Whoever takes part has answered now. */
    static Event allAnswered(String token) {
        return of(token, "event.all-answered");
    }

    private static Event of(String token, String name) {
        return Event.of(topic(token), name, Map.of("token", token), List.of("event:" + token));
    }

    @Override
    public boolean covers(String topic) {
        return topic.startsWith(EVENTS);
    }

    @Override
    public Uni<Boolean> admits(Listener listener, String topic) {
        return service.exists(topic.substring(EVENTS.length()));
    }
}
