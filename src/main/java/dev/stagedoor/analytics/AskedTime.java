package dev.stagedoor.analytics;

import dev.stagedoor.platform.http.ApiException;
import dev.stagedoor.platform.time.Rfc3339;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;

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
        return new AskedTime(parseOne("from", from), parseOne("to", to));
    }

    private static Instant parseOne(String field, String text) {
        try {
            return text == null ? null : requireInRange(Rfc3339.parse(text)).toInstant();
        } catch (DateTimeException e) {
            throw ApiException.invalid(field, "must be a time as of RFC 3339, from the years 1970 to 9999");
        }
    }

    private static OffsetDateTime requireInRange(OffsetDateTime time) {
        if (time.getYear() < MIN_YEAR || time.getYear() > MAX_YEAR) {
            throw new DateTimeException("out of range");
        }
        return time;
    }
}
