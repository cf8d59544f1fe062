package dev.stagedoor.platform.time;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;

/**
 * When clocks of a zone show some time. A time that they skip is the moment in which they do; of times that they show twice,
 * something begins with the first, and ends with the last time that they come to it.
 */
public final class WallClock {

    private WallClock() {}

    /** When what begins at this time does. */
    public static Instant begin(LocalDateTime local, ZoneId zone) {
        ZoneOffsetTransition transition = zone.getRules().getTransition(local);
        if (transition == null) {
            return local.toInstant(zone.getRules().getOffset(local));
        }
        return transition.isGap() ? transition.getInstant() : local.toInstant(transition.getOffsetBefore());
    }

    /** When what ends at this time does. */
    public static Instant end(LocalDateTime local, ZoneId zone) {
        ZoneOffsetTransition transition = zone.getRules().getTransition(local);
        if (transition == null || transition.isGap()) {
            return begin(local, zone);
        }
        // The first of the times shown twice: what is before it is shown once.
        boolean isAfterFirst = local.isAfter(transition.getDateTimeAfter());
        return local.toInstant(isAfterFirst ? transition.getOffsetAfter() : transition.getOffsetBefore());
    }
}
