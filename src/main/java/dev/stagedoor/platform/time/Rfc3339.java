package dev.stagedoor.platform.time;

import com.ethlo.time.ITU;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;

/** Reads times of RFC 3339, which is what clients send. */
public final class Rfc3339 {

    private static final int SECONDS_END = "2026-01-01T00:00:00".length();
    private static final int OFFSET = "+00:00".length();

    private Rfc3339() {}

    /** Fails with a {@link DateTimeException} for what is no such time. */
    public static OffsetDateTime parse(String text) {
        OffsetDateTime time = ITU.parseDateTime(text);
        if (!endsWithOffset(text)) {
            throw new DateTimeParseException("Something is in or behind the offset", text, SECONDS_END);
        }
        return time;
    }

    /** The library looks neither at what follows a Z, nor at the colon. */
    private static boolean endsWithOffset(String text) {
        int end = text.length();
        boolean isUtc = Character.toUpperCase(text.charAt(end - 1)) == 'Z';
        int begin = isUtc ? end - 1 : end - OFFSET;
        return (isUtc || text.charAt(end - 3) == ':') && isFraction(text, begin);
    }

    /** Whether between the seconds and there is nothing else. */
    private static boolean isFraction(String text, int end) {
        for (int i = SECONDS_END + 1; i < end; i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return false;
            }
        }
        return end == SECONDS_END || (end > SECONDS_END + 1 && text.charAt(SECONDS_END) == '.');
    }
}
