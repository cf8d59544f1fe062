package dev.stagedoor.creator.session;

import java.util.Locale;

/** Where a session stands. */
public enum SessionStatus {
    /** The time is kept for a while, until who has booked it confirms. */
    HOLD,
    CONFIRMED,
    IN_PROGRESS,
    COMPLETED,
    CANCELLED,
    /** Nobody confirmed it in time, or nobody said that it took place. */
    EXPIRED,
    NO_SHOW;

    String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    static SessionStatus of(String wireName) {
        return valueOf(wireName.toUpperCase(Locale.ROOT));
    }
}
