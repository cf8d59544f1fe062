package dev.stagedoor.analytics.timeline;

import dev.stagedoor.analytics.AnalyticsConfig;
import dev.stagedoor.analytics.Newest;
import dev.stagedoor.analytics.Reader;
import dev.stagedoor.analytics.timeline.TimelineQueries.Found;
import dev.stagedoor.analytics.timeline.TimelineQueries.Unit;
import dev.stagedoor.analytics.timeline.TimelineView.PointView;
import dev.stagedoor.platform.http.ApiException;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;

/** Makes timelines of sums. */
@ApplicationScoped
class TimelineService {

    private final TimelineQueries queries;
    private final AnalyticsConfig config;
    private final Clock clock;

    TimelineService(TimelineQueries queries, AnalyticsConfig config, Clock clock) {
        this.queries = queries;
        this.config = config;
        this.clock = clock;
    }

    /** What someone wants to see; {@code compares} whether also as many buckets before. */
    record Question(UUID streamId, Buckets buckets, boolean compares) {

        Bucket bucket() {
            return buckets.bucket();
        }
    }

    /** Fails with 400 where the time is empty, or has too many buckets; with 404 where there is no such stream. */
    Uni<TimelineView> timeline(Question question, Reader reader) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        List<Instant> bounds = question.buckets().bounds(now);
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

    /** Also those of as many buckets before. */
    private static List<Instant> withPrevious(Question question, List<Instant> bounds, int buckets) {
        Bucket bucket = question.bucket();
        ZonedDateTime first =
                bucket.plus(bucket.floor(bounds.get(0), question.buckets().zone()), -buckets);
        return bucket.bounds(
                first.toInstant(), bounds.get(buckets), question.buckets().zone(), 2 * Buckets.MAX);
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
                question.buckets().zoneName(),
                bounds.get(0),
                bounds.get(buckets),
                points.subList(points.size() - buckets, points.size()),
                question.compares() ? points.subList(0, points.size() - buckets) : null);
    }
}
