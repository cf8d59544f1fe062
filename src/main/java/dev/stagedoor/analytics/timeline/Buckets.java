package dev.stagedoor.analytics.timeline;

import dev.stagedoor.platform.http.ApiException;
import dev.stagedoor.platform.http.AskedTime;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;

/**
 * The buckets that someone asks for.
 *
 * @param zone whose days they are, if they are days
 * @param time the usual time up to its end where it has no beginning, and up to now where it has no end
 */
record Buckets(Bucket bucket, ZoneId zone, AskedTime time) {

    /** Of one answer: a week of minutes, a year of hours. */
    static final int MAX = 10_080;

    /** Fails with 400 for what is no zone. */
    static Buckets of(Bucket bucket, String zone, AskedTime time) {
        return new Buckets(bucket, zone(zone), time);
    }

    private static ZoneId zone(String name) {
        try {
            return ZoneId.of(name);
        } catch (DateTimeException e) {
            throw ApiException.invalid("tz", "must be the name of a time zone");
        }
    }

    /** Where they begin, and last, where the last one ends. Fails with 400 where there are none, or too many. */
    List<Instant> bounds(Instant now) {
        Instant to = time.to() == null ? now : time.to();
        Instant from = time.from() == null ? to.minus(bucket.usual()) : time.from();
        if (!from.isBefore(to)) {
            throw ApiException.invalid("from", "must be before to");
        }
        List<Instant> bounds = bucket.bounds(from, to, zone, MAX);
        if (bounds.size() > MAX + 1) {
            throw ApiException.invalid("from", "must be at most " + MAX + " buckets before to");
        }
        return bounds;
    }

    /** As IANA names it; minutes and hours are those of UTC. */
    String zoneName() {
        return bucket == Bucket.DAY ? zone.getId() : ZoneOffset.UTC.getId();
    }
}
