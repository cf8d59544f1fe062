package dev.stagedoor.analytics.timeline;

import dev.stagedoor.analytics.Newest;
import dev.stagedoor.analytics.Sums;
import dev.stagedoor.analytics.timeline.TimelineView.PointView;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** The sums of consecutive buckets. */
final class Timeline {

    private final TreeMap<Instant, Sums> buckets = new TreeMap<>();
    private final Instant end;

    /**
     * An empty one.
     *
     * @param bounds where the buckets begin, and last, where the last one ends
     */
    Timeline(List<Instant> bounds) {
        bounds.subList(0, bounds.size() - 1).forEach(start -> buckets.put(start, Sums.none(start)));
        this.end = bounds.get(bounds.size() - 1);
    }

    /** Adds what belongs to one of the buckets; anything else is none of its matter. */
    void add(Sums part) {
        Instant bucket = buckets.floorKey(part.start());
        if (bucket != null && part.start().isBefore(end)) {
            buckets.compute(bucket, (start, sums) -> sums.plus(part));
        }
    }

    /** Adds that a number held. */
    void hold(int viewers, Instant from, Instant until) {
        Instant since = from.isBefore(buckets.firstKey()) ? buckets.firstKey() : from;
        Instant last = Newest.earlier(until, end);
        while (since.isBefore(last)) {
            Instant bucket = buckets.floorKey(since);
            Instant to = Newest.earlier(endOf(bucket), last);
            buckets.put(bucket, buckets.get(bucket).holding(viewers, since, to));
            since = to;
        }
    }

    private Instant endOf(Instant start) {
        Instant next = buckets.higherKey(start);
        return next == null ? end : next;
    }

    List<PointView> points() {
        List<PointView> points = new ArrayList<>(buckets.size());
        buckets.forEach((start, sums) -> points.add(PointView.of(sums, Duration.between(start, endOf(start)))));
        return points;
    }
}
