package dev.stagedoor.creator;

import dev.stagedoor.realtime.Event;
import dev.stagedoor.realtime.access.Listener;
import dev.stagedoor.realtime.access.TopicNames;
import dev.stagedoor.realtime.access.TopicRule;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

/** What is told of creators: to everyone, as everyone may read of them. */
@ApplicationScoped
class CreatorTopics implements TopicRule {

    private static final String ONE = "creator-";

    static Event updated(CreatorView creator) {
        return Event.of(ONE + creator.id(), "creator.updated", creator, CreatorTags.ofChangedCreator(creator.id()));
    }

    @Override
    public boolean covers(String topic) {
        return TopicNames.id(topic, ONE).isPresent();
    }

    @Override
    public Uni<Boolean> admits(Listener listener, String topic) {
        return Uni.createFrom().item(true);
    }
}
