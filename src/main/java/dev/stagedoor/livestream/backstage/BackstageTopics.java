package dev.stagedoor.livestream.backstage;

import dev.stagedoor.account.api.Scopes;
import dev.stagedoor.livestream.QueryKeys;
import dev.stagedoor.platform.http.ApiException;
import dev.stagedoor.realtime.Event;
import dev.stagedoor.realtime.Revocation;
import dev.stagedoor.realtime.access.Listener;
import dev.stagedoor.realtime.access.TopicNames;
import dev.stagedoor.realtime.access.TopicRule;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** What is told of who takes part in a stream, to those who do; they also see who of them is there. */
@ApplicationScoped
class BackstageTopics implements TopicRule {

    private static final String EVENTS = "private-backstage-";
    private static final String PRESENCE = "presence-backstage-";

    private final ParticipantService participants;

    BackstageTopics(ParticipantService participants) {
        this.participants = participants;
    }

    static String events(UUID streamId) {
        return EVENTS + streamId;
    }

    static String presence(UUID streamId) {
        return PRESENCE + streamId;
    }

    static Event invited(UUID streamId, ParticipantView participant) {
        return event(streamId, "participant.invited", participant);
    }

    static List<Event> changed(UUID streamId, ParticipantView participant) {
        Event change = event(streamId, "participant.updated", participant);
        return participant.state() == ParticipantState.LEFT
                ? gone(streamId, participant.user().id(), change)
                : List.of(change);
    }

    static List<Event> removed(UUID streamId, UUID userId) {
        return gone(streamId, userId, event(streamId, "participant.removed", Map.of("userId", userId)));
    }

    /** Who takes no part any more hears nothing more. */
    private static List<Event> gone(UUID streamId, UUID userId, Event change) {
        return List.of(change, Revocation.of(events(streamId), userId), Revocation.of(presence(streamId), userId));
    }

    private static Event event(UUID streamId, String name, Object data) {
        return Event.of(events(streamId), name, data, QueryKeys.ofParticipants(streamId));
    }

    @Override
    public boolean covers(String topic) {
        return streamId(topic).isPresent();
    }

    private static Optional<UUID> streamId(String topic) {
        return TopicNames.id(topic, EVENTS).or(() -> TopicNames.id(topic, PRESENCE));
    }

    @Override
    public Uni<Boolean> admits(Listener listener, String topic) {
        if (listener.userId() == null || !listener.scopes().contains(Scopes.STREAMS_READ)) {
            return Uni.createFrom().item(false);
        }
        return participants
                .allNow(streamId(topic).orElseThrow())
                .map(all -> ParticipantService.takesPart(all, listener.userId())
                        || listener.scopes().contains(Scopes.STREAMS_MANAGE))
                .onFailure(ApiException.class)
                .recoverWithItem(false);
    }
}
