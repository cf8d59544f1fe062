package dev.stagedoor.analytics;

import dev.stagedoor.analytics.TimelineQueries.Found;
import dev.stagedoor.analytics.TimelineQueries.Unit;
import dev.stagedoor.analytics.TimelineView.PointView;
import dev.stagedoor.platform.http.ApiException;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;

/** Makes timelines of sums. */
@ApplicationScoped
class TimelineService {

    /** Of one answer, those before for comparison apart: a week of minutes, a year of hours. */
    private static final int MAX_BUCKETS = 10_080;

    private final TimelineQueries queries;
    private final AnalyticsConfig config;
    private final Clock clock;

    TimelineService(TimelineQueries queries, AnalyticsConfig config, Clock clock) {
        this.queries = queries;
        this.config = config;
        this.clock = clock;
    }

    /**
     * What someone wants to see.
     *
     * @param time the usual time up to its end where it has no beginning, and up to now where it has no end
     */
    record Question(UUID streamId, Bucket bucket, ZoneId zone, AskedTime time, boolean compares) {}

    /** Fails with 400 where the time is empty, or has too many buckets; with 404 where there is no such stream. */
    Uni<TimelineView> timeline(Question question, Reader reader) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        List<Instant> bounds = bounds(question, now);
        int buckets = bounds.size() - 1;
        List<Instant> all = question.compares() ? withPrevious(question, bounds, buckets) : bounds;
        return queries.find(
                        question.streamId(),
                        unit(question.bucket(), all),
                        all.get(0),
                        all.get(all.size() - 1),
                        splitHours(question.bucket(), all))
                .onItem()
                .ifNull()
                .failWith(() -> ApiException.notFound("stream"))
                .invoke(found -> reader.requireMaySee(found.ownerId()))
                .map(found -> points(found, all, now))
                .map(points -> view(question, bounds, points));
    }

    private static List<Instant> bounds(Question question, Instant now) {
        AskedTime time = question.time();
        Instant to = time.to() == null ? now : time.to();
        Instant from = time.from() == null ? to.minus(question.bucket().usual()) : time.from();
        if (!from.isBefore(to)) {
            throw ApiException.invalid("from", "must be before to");
        }
        List<Instant> bounds = question.bucket().bounds(from, to, question.zone(), MAX_BUCKETS);
        if (bounds.size() > MAX_BUCKETS + 1) {
            throw ApiException.invalid("from", "must be at most " + MAX_BUCKETS + " buckets before to");
        }
        return bounds;
    }

    /** Also those of as many buckets before. */
    private static List<Instant> withPrevious(Question question, List<Instant> bounds, int buckets) {
        Bucket bucket = question.bucket();
        ZonedDateTime first = bucket.plus(bucket.floor(bounds.get(0), question.zone()), -buckets);
        return bucket.bounds(first.toInstant(), bounds.get(buckets), question.zone(), 2 * MAX_BUCKETS);
    }

    /** Days of UTC are kept; others are made of hours. */
    private static Unit unit(Bucket bucket, List<Instant> bounds) {
        return switch (bucket) {
            case MINUTE -> Unit.MINUTE;
            case HOUR -> Unit.HOUR;
            case DAY -> bounds.stream().allMatch(TimelineService::isMidnight) ? Unit.DAY : Unit.HOUR;
        };
    }

    private static boolean isMidnight(Instant moment) {
        return moment.truncatedTo(ChronoUnit.DAYS).equals(moment);
    }

    /** Hours that belong to two days of a time zone. */
    private static List<Instant> splitHours(Bucket bucket, List<Instant> bounds) {
        return bucket != Bucket.DAY
                ? List.of()
                : bounds.stream()
                        .filter(bound -> !bound.truncatedTo(ChronoUnit.HOURS).equals(bound))
                        .map(bound -> bound.truncatedTo(ChronoUnit.HOURS))
                        .toList();
    }

    private List<PointView> points(Found found, List<Instant> bounds, Instant now) {
        Timeline timeline = new Timeline(bounds);
        found.sums().forEach(timeline::add);
        Newest newest = found.newest();
        if (newest != null) {
            Instant until = newest.heldUntil(config.silence(), found.endedAt(), now);
            timeline.hold(newest.viewers(), newest.at(), until);
        }
        return timeline.points();
    }

    private static TimelineView view(Question question, List<Instant> bounds, List<PointView> points) {
        int buckets = bounds.size() - 1;
        return new TimelineView(
                question.streamId(),
                question.bucket(),
                question.bucket() == Bucket.DAY ? question.zone().getId() : ZoneOffset.UTC.getId(),
                bounds.get(0),
                bounds.get(buckets),
                points.subList(points.size() - buckets, points.size()),
                question.compares() ? points.subList(0, points.size() - buckets) : null);
    }
}
