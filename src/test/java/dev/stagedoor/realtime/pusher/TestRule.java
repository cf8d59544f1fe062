package dev.stagedoor.realtime.pusher;

import dev.stagedoor.realtime.access.Listener;
import dev.stagedoor.realtime.access.TopicRule;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

/** Lets everyone into channels of tests that do not say that they are closed. */
@ApplicationScoped
public class TestRule implements TopicRule {

    public static final String OPEN = "test-open";
    public static final String CLOSED = "test-closed";

    @Override
    public boolean covers(String topic) {
        return topic.contains("-test-");
    }

    @Override
    public Uni<Boolean> admits(Listener listener, String topic) {
        return Uni.createFrom().item(listener.userId() != null && topic.contains(OPEN));
    }
}
