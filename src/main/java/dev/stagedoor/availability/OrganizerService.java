package dev.stagedoor.availability;

import dev.stagedoor.availability.GroupEvent.FinalTime;
import dev.stagedoor.availability.GroupEvent.Participant;
import dev.stagedoor.availability.GroupEventChanges.Locked;
import dev.stagedoor.platform.context.Workers;
import dev.stagedoor.platform.http.ApiException;
import dev.stagedoor.platform.http.EntityTags;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.BitSet;
import java.util.List;

/** Changes what events ask, and says when they will be. */
@ApplicationScoped
class OrganizerService {

    private final GroupEventService service;
    private final GroupEventStore store;
    private final ParticipantStore participants;
    private final GroupEventChanges changes;
    private final EventConfig config;
    private final EntityTags entityTags;
    private final Workers workers;

    OrganizerService(
            GroupEventService service,
            GroupEventStore store,
            ParticipantStore participants,
            GroupEventChanges changes,
            EventConfig config,
            EntityTags entityTags,
            Workers workers) {
        this.service = service;
        this.store = store;
        this.participants = participants;
        this.changes = changes;
        this.config = config;
        this.entityTags = entityTags;
        this.workers = workers;
    }

    /** What an event asks; fails with 403 for others than the organizer. */
    Uni<EventSettingsView> settings(String token, Viewer viewer) {
        return service.find(token).invoke(viewer::requireOrganizer).map(EventSettingsView::of);
    }

    /** Asks something else. Answers stay as far as they fit what is asked now. */
    Uni<EventSettingsView> update(String token, Viewer viewer, String ifMatch, EventSettingsRequest request) {
        EventSettings settings = RequestedSettings.of(request);
        return changes.change(token, locked -> {
            GroupEvent event = locked.event();
            viewer.requireOrganizer(event);
            entityTags.requireMatch(ifMatch, EventSettingsView.of(event));
            requireNotFinalized(event);
            requireAhead(settings, event, locked);
            GroupEvent next = event.asking(settings, locked.now());
            return update(locked, next)
                    .chain(() -> workers.run(() -> moved(event, settings)))
                    .chain(moved -> participants.answer(locked.transaction(), event.id(), moved))
                    .replaceWith(() -> EventSettingsView.of(next));
        });
    }

    private static void requireNotFinalized(GroupEvent event) {
        if (event.isFinalized()) {
            throw ApiException.conflict("event-finalized", "It is decided when it will be; reopen it first");
        }
    }

    /** A deadline that has passed may stay as it is. */
    private static void requireAhead(EventSettings settings, GroupEvent event, Locked locked) {
        boolean isTheSame = settings.deadline() != null
                && settings.deadline().equals(event.settings().deadline());
        if (settings.isPastDeadline(locked.now()) && !isTheSame) {
            throw ApiException.invalid("deadline", "must be in the future");
        }
    }

    /** Of hundreds of people and thousands of slots, that takes some milliseconds. */
    private static List<Participant> moved(GroupEvent event, EventSettings settings) {
        EventTime before = event.settings().time();
        SlotMapping mapping = SlotMapping.of(before, settings.time());
        int slots = before.slots().size();
        return event.participants().stream()
                .filter(Participant::hasAnswered)
                .map(participant -> moved(participant, mapping, slots, settings.allowsIfNeeded()))
                .toList();
    }

    private static Participant moved(Participant participant, SlotMapping mapping, int slots, boolean allowsIfNeeded) {
        BitSet yes = Positions.decode(participant.yes(), slots);
        BitSet able = Positions.decode(participant.ifNeeded(), slots);
        able.or(yes);
        BitSet movedYes = mapping.map(yes);
        BitSet ifNeeded = allowsIfNeeded ? mapping.map(able) : new BitSet();
        ifNeeded.andNot(movedYes);
        return participant.answering(movedYes, ifNeeded, participant.answeredAt());
    }

    /** Says when it will be; nobody answers any more. Fails with 409 where slots are not those that were seen. */
    Uni<Void> finalizeAt(String token, Viewer viewer, FinalizeRequest request) {
        return changes.change(token, locked -> {
            GroupEvent event = locked.event();
            viewer.requireFinalizer(event);
            requireNotFinalized(event);
            if (request.version() != event.version()) {
                throw ApiException.conflict("event-changed", "The event has changed since it was read");
            }
            FinalTime time = new FinalTime(request.firstSlot(), request.slots(), false);
            requireOneTime(event.settings().time().slots(), time);
            return update(locked, event.finalizedAt(time, locked.now()));
        });
    }

    private static void requireOneTime(List<Slot> slots, FinalTime time) {
        if (time.first() >= slots.size()) {
            throw ApiException.invalid("firstSlot", "must be a position from 0 to " + (slots.size() - 1));
        }
        int left = slots.size() - time.first();
        if (time.slots() > left) {
            throw ApiException.invalid("slots", "must be at most " + left + " from there on");
        }
        for (int i = time.first() + 1; i < time.first() + time.slots(); i++) {
            if (!slots.get(i - 1).end().equals(slots.get(i).start())) {
                throw ApiException.invalid(
                        "slots", "must be of one time: slot " + i + " begins later than the one before ends");
            }
        }
    }

    /** Asks again. */
    Uni<Void> reopen(String token, Viewer viewer) {
        return changes.change(token, locked -> {
            GroupEvent event = locked.event();
            viewer.requireFinalizer(event);
            if (!event.isFinalized()) {
                throw ApiException.conflict("event-not-finalized", "It is not decided when it will be");
            }
            return update(locked, event.reopened(locked.now()));
        });
    }

    private Uni<Void> update(Locked locked, GroupEvent next) {
        return store.update(locked.transaction(), next, next.expiresAt(config.keepFor()));
    }
}
