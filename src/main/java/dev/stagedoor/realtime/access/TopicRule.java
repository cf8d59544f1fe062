package dev.stagedoor.realtime.access;

import io.smallrye.mutiny.Uni;

/** Says who may listen to topics of one kind. A feature has one for each kind of its own. */
public interface TopicRule {

    /** Whether the topic is of the kind; other rules are not asked. */
    boolean covers(String topic);

    /** Whether this one may listen, and through doors where clients speak, speak. Called for topics that it covers. */
    Uni<Boolean> admits(Listener listener, String topic);
}
