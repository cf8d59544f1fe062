package dev.stagedoor.availability;

import dev.stagedoor.availability.GroupEvent.Participant;
import dev.stagedoor.availability.GroupEventChanges.Locked;
import dev.stagedoor.platform.context.Ids;
import dev.stagedoor.platform.db.DatabaseFailures;
import dev.stagedoor.platform.http.ApiException;
import dev.stagedoor.platform.http.EntityTags;
import dev.stagedoor.platform.http.Idempotency;
import dev.stagedoor.platform.http.Idempotency.Outcome;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.ZoneId;
import java.util.BitSet;
import java.util.List;
import java.util.UUID;

/** Lets people take part in group events, and say when they can. */
@ApplicationScoped
class ParticipantService {

    private static final String ONE_PER_USER = "group_event_participant_user_key";

    private final GroupEventService events;
    private final ParticipantStore store;
    private final EventNewsStore news;
    private final GroupEventChanges changes;
    private final Idempotency idempotency;
    private final EntityTags entityTags;
    private final KeyMaker keys;
    private final Ids ids;

    ParticipantService(
            GroupEventService events,
            ParticipantStore store,
            EventNewsStore news,
            GroupEventChanges changes,
            Idempotency idempotency,
            EntityTags entityTags,
            KeyMaker keys,
            Ids ids) {
        this.events = events;
        this.store = store;
        this.news = news;
        this.changes = changes;
        this.idempotency = idempotency;
        this.entityTags = entityTags;
        this.keys = keys;
        this.ids = ids;
    }

    /**
     * Takes part; a repeated request gives the same key again. Fails with 409 where nobody takes part any more, or the user
     * does already.
     */
    Uni<Outcome<JoinedEventView>> join(String token, UUID userId, JoinEventRequest request, Idempotency.Key key) {
        Participant participant = participant(ids.next(), userId, request);
        return changes.<Outcome<JoinedEventView>>change(
                        token,
                        locked -> idempotency.once(
                                locked.transaction(),
                                key,
                                request,
                                JoinedEventView.class,
                                () -> join(locked, participant)),
                        outcome -> !outcome.replayed())
                .onFailure(failure -> DatabaseFailures.violates(failure, ONE_PER_USER))
                .transform(failure -> ApiException.conflict("already-taking-part", "You take part already"))
                .map(outcome -> new Outcome<>(
                        outcome.value().withKey(keys.sessionKey(outcome.value().id())), outcome.replayed()));
    }

    private Participant participant(UUID id, UUID userId, JoinEventRequest request) {
        ZoneId zone = RequestedSettings.zone("timeZone", request.timeZone());
        String keyHash = Keys.hash(keys.sessionKey(id));
        return new Participant(id, request.name(), zone == null ? null : zone.getId(), keyHash, userId, "", "", null);
    }

    private Uni<JoinedEventView> join(Locked locked, Participant participant) {
        GroupEvent event = locked.event();
        requireOpen(locked);
        if (event.participants().size() >= event.settings().maxParticipants()) {
            throw ApiException.conflict("event-full", "As many take part as may");
        }
        return store.join(locked.transaction(), event.id(), participant, locked.now())
                .replaceWith(new JoinedEventView(participant.id(), participant.name(), null));
    }

    private static void requireOpen(Locked locked) {
        if (locked.event().isFinalized()) {
            throw ApiException.conflict("event-finalized", "It is decided when it will be");
        }
        if (locked.event().settings().isPastDeadline(locked.now())) {
            throw ApiException.conflict("event-closed", "The deadline has passed");
        }
    }

    /** What someone said, for themselves and the organizer; fails with 403 for others. */
    Uni<AnswerView> get(String token, UUID participantId, Viewer viewer) {
        return events.find(token).map(event -> {
            Participant participant = require(event, participantId);
            if (!viewer.is(participant) && !viewer.isOrganizer(event)) {
                throw ApiException.forbidden("Only they themselves and the organizer read what someone said");
            }
            return AnswerView.of(event, participant);
        });
    }

    /** Replaces what someone says by what they have seen of it; fails with 403 for who is someone else. */
    Uni<AnswerView> answer(String token, UUID participantId, Viewer viewer, String ifMatch, AnswerRequest request) {
        return changes.change(token, locked -> {
            GroupEvent event = locked.event();
            Participant participant = require(event, participantId);
            if (!viewer.is(participant)) {
                throw ApiException.forbidden("Only who takes part says when they can, by the key they got");
            }
            requireOpen(locked);
            requireSeen(ifMatch, event, participant);
            Participant answering = answering(locked, participant, request);
            return store.answer(locked.transaction(), event.id(), List.of(answering))
                    .chain(() -> event.awaitsOnly(participantId) ? allAnswered(locked) : done())
                    .replaceWith(() -> AnswerView.of(event, answering));
        });
    }

    /** The first answer to an event that has never changed replaces nothing, and counts the slots as they always were. */
    private void requireSeen(String ifMatch, GroupEvent event, Participant participant) {
        boolean isFirst = !participant.hasAnswered() && event.version() == 0;
        if (ifMatch != null || !isFirst) {
            entityTags.requireMatch(ifMatch, AnswerView.of(event, participant));
        }
    }

    private static Participant answering(Locked locked, Participant participant, AnswerRequest request) {
        EventSettings settings = locked.event().settings();
        int slots = settings.time().slots().size();
        BitSet yes = Positions.parse("yes", request.yes(), slots);
        boolean hasIfNeeded = request.ifNeeded() != null && !request.ifNeeded().isNull();
        BitSet ifNeeded = hasIfNeeded ? Positions.parse("ifNeeded", request.ifNeeded(), slots) : new BitSet();
        if (!settings.allowsIfNeeded() && !ifNeeded.isEmpty()) {
            throw ApiException.invalid("ifNeeded", "must be empty: this event asks for yes alone");
        }
        if (yes.intersects(ifNeeded)) {
            throw ApiException.invalid("ifNeeded", "must hold none of yes");
        }
        return participant.answering(yes, ifNeeded, locked.now());
    }

    private Uni<Void> allAnswered(Locked locked) {
        locked.events().accept(GroupEventTopics.allAnswered(locked.event().token()));
        return news.allAnswered(locked.transaction(), locked.event().id(), locked.now());
    }

    private static Uni<Void> done() {
        return Uni.createFrom().voidItem();
    }

    private static Participant require(GroupEvent event, UUID participantId) {
        return event.participant(participantId).orElseThrow(() -> ApiException.notFound("participant"));
    }

    /** Takes someone out of an event: themselves, or as the organizer. */
    Uni<Void> leave(String token, UUID participantId, Viewer viewer) {
        return changes.change(token, locked -> {
            GroupEvent event = locked.event();
            Participant participant = require(event, participantId);
            if (!viewer.is(participant) && !viewer.isOrganizer(event)) {
                throw ApiException.forbidden("Only they themselves and the organizer take someone out");
            }
            boolean haveOthersAnswered =
                    event.awaitsOnly(participantId) && event.participants().size() > 1;
            return store.leave(locked.transaction(), event.id(), participantId)
                    .chain(() -> haveOthersAnswered ? allAnswered(locked) : done());
        });
    }
}
