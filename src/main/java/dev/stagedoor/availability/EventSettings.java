package dev.stagedoor.availability;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;

/**
 * What an event asks, and how.
 *
 * @param deadline null where there is none
 * @param isBlind whether who has not answered does not see what others have
 * @param hidesNames whether the organizer alone sees names
 * @param allowsIfNeeded whether someone may say that they can if it must be
 * @param participantsFinalize whether everyone who takes part may say when it will be
 */
@RegisterForReflection
record EventSettings(
        String title,
        String description,
        EventTime time,
        Instant deadline,
        int maxParticipants,
        boolean isBlind,
        boolean hidesNames,
        boolean allowsIfNeeded,
        boolean participantsFinalize) {

    boolean isPastDeadline(Instant now) {
        return deadline != null && !deadline.isAfter(now);
    }

    /** The same but for the deadline. */
    EventSettings withDeadline(Instant other) {
        return new EventSettings(
                title,
                description,
                time,
                other,
                maxParticipants,
                isBlind,
                hidesNames,
                allowsIfNeeded,
                participantsFinalize);
    }
}
