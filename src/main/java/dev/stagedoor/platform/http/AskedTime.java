package dev.stagedoor.platform.http;

import dev.stagedoor.platform.time.Rfc3339;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;

/**
 * The time that someone asks for; each end may be null.
 *
 * @param to is not part of it
 */
public record AskedTime(Instant from, Instant to) {

    private static final int MIN_YEAR = 1970;
    private static final int MAX_YEAR = 9999;

    /** Fails with 400 for what is no time. */
    public static AskedTime parse(String from, String to) {
        return new AskedTime(instant("from", from), instant("to", to));
    }

    /** A time that a field has, null where that is; fails with 400 for what is none. */
    public static Instant instant(String field, String text) {
        try {
            return text == null ? null : requireInRange(Rfc3339.parse(text).toInstant());
        } catch (DateTimeException e) {
            throw ApiException.invalid(field, "must be a time as of RFC 3339, from the years 1970 to 9999");
        }
    }

    private static Instant requireInRange(Instant time) {
        int year = time.atOffset(ZoneOffset.UTC).getYear();
        if (year < MIN_YEAR || year > MAX_YEAR) {
            throw new DateTimeException("out of range");
        }
        return time;
    }
}
