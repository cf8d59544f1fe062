package dev.stagedoor.availability;

import io.quarkus.runtime.annotations.RegisterForReflection;

/** How much of an event someone sees. */
@RegisterForReflection
enum Sight {
    /** What everyone does who has the link. */
    LINK,
    /** What others have answered, too. */
    ANSWERS,
    /** Who the others are, too. */
    ALL;

    /** No more than makes a difference, so that what many see is one and the same. */
    static Sight of(EventSettings settings, boolean isOrganizer, boolean hasAnswered) {
        if (isOrganizer && (settings.isBlind() || settings.hidesNames())) {
            return ALL;
        }
        return hasAnswered && settings.isBlind() ? ANSWERS : LINK;
    }

    boolean showsAnswers(EventSettings settings) {
        return this != LINK || !settings.isBlind();
    }

    boolean showsNames(EventSettings settings) {
        return this == ALL || !settings.hidesNames();
    }
}
