package dev.stagedoor.analytics;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** The newest sample of a stream: its number is in no sum yet. */
public record Newest(Instant at, int viewers) {

    /**
     * Until when its number holds, as far as is known now.
     *
     * @param endedAt when the stream ended; null where it has not
     */
    public Instant heldUntil(Duration silence, Instant endedAt, Instant now) {
        Instant until = earlier(at.plus(silence), now);
        return endedAt == null ? until : earlier(until, endedAt.truncatedTo(ChronoUnit.MILLIS));
    }

    public static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }
}
