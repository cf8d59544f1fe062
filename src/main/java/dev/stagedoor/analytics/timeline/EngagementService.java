package dev.stagedoor.analytics.timeline;

import dev.stagedoor.analytics.timeline.EngagementQueries.Counted;
import dev.stagedoor.analytics.timeline.EngagementQueries.Found;
import dev.stagedoor.analytics.timeline.EngagementView.PointView;
import dev.stagedoor.platform.http.ApiException;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Says how much is said in channels. */
@ApplicationScoped
class EngagementService {

    private static final double MILLIS_PER_MINUTE = 60_000;

    private final EngagementQueries queries;
    private final Clock clock;

    EngagementService(EngagementQueries queries, Clock clock) {
        this.queries = queries;
        this.clock = clock;
    }

    /**
     * For members. Fails with 400 where the time is empty, or has too many buckets; with 404 where there is no such channel
     * for this user, and with 403 for who has not joined it.
     */
    Uni<EngagementView> engagement(UUID channelId, Buckets buckets, UUID userId) {
        List<Instant> bounds = buckets.bounds(clock.instant());
        return queries.find(channelId, userId, bounds)
                .onItem()
                .ifNull()
                .failWith(() -> ApiException.notFound("channel"))
                .invoke(EngagementService::requireMember)
                .map(found -> view(channelId, buckets, bounds, found.counted()));
    }

    private static void requireMember(Found found) {
        if (!found.isMember()) {
            throw ApiException.forbidden("Only members see how much is said; join the channel first");
        }
    }

    private static EngagementView view(UUID channelId, Buckets buckets, List<Instant> bounds, List<Counted> counted) {
        List<PointView> points = new ArrayList<>();
        for (int place = 0; place < bounds.size() - 1; place++) {
            points.add(point(bounds.get(place), bounds.get(place + 1), new Counted(place, 0, 0)));
        }
        counted.forEach(each ->
                points.set(each.place(), point(bounds.get(each.place()), bounds.get(each.place() + 1), each)));
        return new EngagementView(
                channelId, buckets.bucket(), buckets.zoneName(), bounds.get(0), bounds.get(bounds.size() - 1), points);
    }

    private static PointView point(Instant start, Instant end, Counted counted) {
        double minutes = Duration.between(start, end).toMillis() / MILLIS_PER_MINUTE;
        return new PointView(start, counted.messages(), counted.messages() / minutes, counted.chatters());
    }
}
