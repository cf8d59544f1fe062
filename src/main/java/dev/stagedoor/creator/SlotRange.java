package dev.stagedoor.creator;

import dev.stagedoor.platform.http.ApiException;
import dev.stagedoor.platform.time.Rfc3339;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;

/** The time in which someone looks for free slots; what is past is never free. */
record SlotRange(Instant from, Instant to) {

    private static final Duration DEFAULT = Duration.ofDays(14);
    private static final Duration MAX = Duration.ofDays(62);
    private static final int MIN_YEAR = 1970;
    private static final int MAX_YEAR = 9999;

    static SlotRange next(Instant now) {
        return new SlotRange(now, now.plus(DEFAULT));
    }

    /**
     * Fails with 400 for what is no time, and for more than 62 days.
     *
     * @param from as of RFC 3339; now, where null
     * @param to as of RFC 3339; 14 days after from, where null
     */
    static SlotRange parse(String from, String to, Instant now) {
        Instant start = from == null ? now : time("from", from);
        Instant end = to == null ? start.plus(DEFAULT) : time("to", to);
        if (!end.isAfter(start)) {
            throw ApiException.invalid("to", "must be after from, which is now where it is absent");
        }
        if (end.isAfter(start.plus(MAX))) {
            throw ApiException.invalid("to", "must be at most " + MAX.toDays() + " days after from");
        }
        return new SlotRange(start.isBefore(now) ? now : start, end);
    }

    private static Instant time(String field, String text) {
        try {
            OffsetDateTime time = Rfc3339.parse(text);
            if (time.getYear() >= MIN_YEAR && time.getYear() <= MAX_YEAR) {
                return time.toInstant();
            }
        } catch (DateTimeException e) {
            // As other times that there are not.
        }
        throw ApiException.invalid(field, "must be a time as of RFC 3339, from the years 1970 to 9999");
    }
}
