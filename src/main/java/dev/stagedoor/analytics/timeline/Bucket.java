package dev.stagedoor.analytics.timeline;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** How long the buckets of a timeline are. Days are those of a time zone, and may have 23 or 25 hours. */
enum Bucket {
    @JsonProperty("minute")
    MINUTE(ChronoUnit.MINUTES, Duration.ofHours(2)),
    @JsonProperty("hour")
    HOUR(ChronoUnit.HOURS, Duration.ofDays(2)),
    @JsonProperty("day")
    DAY(ChronoUnit.DAYS, Duration.ofDays(30));

    private final ChronoUnit unit;
    private final Duration usual;

    Bucket(ChronoUnit unit, Duration usual) {
        this.unit = unit;
        this.usual = usual;
    }

    static Bucket of(String name) {
        return valueOf(name.toUpperCase(Locale.ROOT));
    }

    /** The time that is shown where nobody says which. */
    Duration usual() {
        return usual;
    }

    /** The beginning of the bucket that a moment is in. */
    ZonedDateTime floor(Instant moment, ZoneId zone) {
        return this == DAY
                ? moment.atZone(zone).toLocalDate().atStartOfDay(zone)
                : moment.truncatedTo(unit).atZone(ZoneOffset.UTC);
    }

    /** So many buckets on, or back where the number is negative. */
    ZonedDateTime plus(ZonedDateTime start, int buckets) {
        return this == DAY
                ? start.toLocalDate().plusDays(buckets).atStartOfDay(start.getZone())
                : start.plus(buckets, unit);
    }

    /**
     * Where the buckets begin that a time touches, and last, where the last one ends; at most one more than {@code max}
     * buckets.
     */
    List<Instant> bounds(Instant from, Instant to, ZoneId zone, int max) {
        List<Instant> bounds = new ArrayList<>();
        ZonedDateTime next = floor(from, zone);
        while (next.toInstant().isBefore(to) && bounds.size() <= max) {
            bounds.add(next.toInstant());
            next = following(next);
        }
        bounds.add(next.toInstant());
        return bounds;
    }

    /** A zone that crosses the date line may leave out a day. */
    private ZonedDateTime following(ZonedDateTime start) {
        ZonedDateTime next = plus(start, 1);
        return next.toInstant().equals(start.toInstant()) ? plus(start, 2) : next;
    }
}
