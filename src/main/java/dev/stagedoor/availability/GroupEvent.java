package dev.stagedoor.availability;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Duration;
import java.time.Instant;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * An event, and who takes part in it, as they are kept.
 *
 * @param organizerKeyHash as {@link Keys} has it
 * @param ownerId who made it; null for who was not signed in
 * @param finalTime null as long as there never was one that still fits
 * @param version counts changes of what is asked and of when it will be, not answers
 * @param participants in the order in which they came
 */
@RegisterForReflection
record GroupEvent(
        UUID id,
        String token,
        String organizerKeyHash,
        UUID ownerId,
        EventSettings settings,
        FinalTime finalTime,
        Instant createdAt,
        Instant changedAt,
        int version,
        List<Participant> participants) {

    /**
     * When it will be.
     *
     * @param first the position of its first slot
     * @param slots how many
     * @param isCancelled whether it was reopened since
     */
    @RegisterForReflection
    record FinalTime(int first, int slots, boolean isCancelled) {}

    /**
     * Someone who has the link, and wants to be asked.
     *
     * @param timeZone by whose clocks they work; null where that is not known
     * @param sessionKeyHash as {@link Keys} has it
     * @param userId null for who is not signed in
     * @param yes as {@link Positions} encodes them, as {@code ifNeeded}
     * @param answeredAt null for who has not answered yet
     */
    @RegisterForReflection
    record Participant(
            UUID id,
            String name,
            String timeZone,
            String sessionKeyHash,
            UUID userId,
            String yes,
            String ifNeeded,
            Instant answeredAt) {

        boolean hasAnswered() {
            return answeredAt != null;
        }

        Participant answering(BitSet canDo, BitSet canIfNeeded, Instant when) {
            return new Participant(
                    id,
                    name,
                    timeZone,
                    sessionKeyHash,
                    userId,
                    Positions.encode(canDo),
                    Positions.encode(canIfNeeded),
                    when);
        }
    }

    /** The same event, which asks something else; when it was to be is forgotten with the slots. */
    GroupEvent asking(EventSettings next, Instant now) {
        boolean hasSameSlots = next.time().equals(settings.time());
        return changed(next, hasSameSlots ? finalTime : null, now);
    }

    GroupEvent finalizedAt(FinalTime time, Instant now) {
        return changed(settings, time, now);
    }

    GroupEvent reopened(Instant now) {
        return changed(settings, new FinalTime(finalTime.first(), finalTime.slots(), true), now);
    }

    private GroupEvent changed(EventSettings nextSettings, FinalTime nextTime, Instant now) {
        return new GroupEvent(
                id,
                token,
                organizerKeyHash,
                ownerId,
                nextSettings,
                nextTime,
                createdAt,
                now,
                version + 1,
                participants);
    }

    /** @param keepFor how long it is kept after its last slot, and after it has changed */
    Instant expiresAt(Duration keepFor) {
        List<Slot> slots = settings.time().slots();
        Instant end = slots.get(slots.size() - 1).end();
        Instant last = settings.time().isOfAnyWeek() || end.isBefore(changedAt) ? changedAt : end;
        return last.plus(keepFor);
    }

    boolean isFinalized() {
        return finalTime != null && !finalTime.isCancelled();
    }

    /** From the beginning of the first final slot to the end of the last one; there must be some. */
    Slot finalMoments() {
        List<Slot> slots = settings.time().slots();
        int last = finalTime.first() + finalTime.slots() - 1;
        return new Slot(slots.get(finalTime.first()).start(), slots.get(last).end());
    }

    /** Whoever of those who take part has this id, which may be null. */
    Optional<Participant> participant(UUID participantId) {
        return participants.stream()
                .filter(each -> each.id().equals(participantId))
                .findFirst();
    }

    /** Whether the one with this id is the only one who has not answered. */
    boolean awaitsOnly(UUID participantId) {
        List<UUID> awaited = participants.stream()
                .filter(each -> !each.hasAnswered())
                .map(Participant::id)
                .toList();
        return awaited.equals(List.of(participantId));
    }
}
