package dev.stagedoor.creator;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;

/**
 * Time of a creator that someone has booked.
 *
 * @param heldUntil when it is free again unless they confirm; null where they have
 */
@RegisterForReflection
record TakenTime(Instant start, Instant end, Instant heldUntil) {

    boolean isTakenAt(Instant now) {
        return heldUntil == null || heldUntil.isAfter(now);
    }

    Slot slot() {
        return new Slot(start, end);
    }
}
