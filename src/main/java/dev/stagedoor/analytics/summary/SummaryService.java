package dev.stagedoor.analytics.summary;

import dev.stagedoor.analytics.AnalyticsConfig;
import dev.stagedoor.analytics.Newest;
import dev.stagedoor.analytics.Reader;
import dev.stagedoor.analytics.Sums;
import dev.stagedoor.analytics.summary.CreatorAnalyticsView.StreamView;
import dev.stagedoor.analytics.summary.SummaryQueries.Totals;
import dev.stagedoor.cache.CacheSpec;
import dev.stagedoor.cache.Cached;
import dev.stagedoor.cache.Caches;
import dev.stagedoor.cache.NamedCache;
import dev.stagedoor.platform.http.ApiException;
import dev.stagedoor.platform.http.AskedTime;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** Adds up streams: one, those of a creator, those that are live. */
@ApplicationScoped
class SummaryService {

    /** Of a creator, in one answer. */
    private static final int MAX_STREAMS = 1_000;

    private static final int TOP_STREAMS = 10;
    private static final Duration USUAL = Duration.ofDays(30);
    private static final Duration REUSE = Duration.ofMinutes(1);
    private static final double MILLIS_PER_HOUR = 3_600_000.0;

    private final SummaryQueries queries;
    private final AnalyticsConfig config;
    private final Clock clock;
    private final NamedCache<String, StatsView> stats;

    SummaryService(SummaryQueries queries, AnalyticsConfig config, Clock clock, Caches caches) {
        this.queries = queries;
        this.config = config;
        this.clock = clock;
        this.stats = caches.create(new CacheSpec<>(
                "stats",
                key -> key,
                key -> Set.of("stats"),
                view -> Set.of(),
                () -> ApiException.notFound("stream"),
                REUSE));
    }

    /** What is live now, as of a minute ago at most. */
    Uni<Cached> stats() {
        return stats.get("now", () -> queries.now(config.silence(), TOP_STREAMS));
    }

    /** Fails with 404 where there is no such stream, and with 403 where it is another's. */
    Uni<SummaryView> summary(UUID streamId, Reader reader) {
        return queries.ofStream(streamId)
                .onItem()
                .ifNull()
                .failWith(() -> ApiException.notFound("stream"))
                .invoke(stream -> reader.requireMaySee(stream.ownerId()))
                .map(stream -> SummaryView.of(stream, config.silence(), now()));
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    /**
     * A creator's streams in the hours that a time touches. Fails with 400 where there are too many of them.
     *
     * @param time the 30 days up to its end where it has no beginning, and up to now where it has no end
     */
    Uni<CreatorAnalyticsView> ofCreator(UUID creatorId, AskedTime time, Reader reader) {
        reader.requireMaySee(creatorId);
        Instant now = now();
        Instant end = ceilToHour(time.to() == null ? now : time.to());
        Instant begin = (time.from() == null ? end.minus(USUAL) : time.from()).truncatedTo(ChronoUnit.HOURS);
        if (!begin.isBefore(end)) {
            throw ApiException.invalid("from", "must be before to");
        }
        return queries.ofOwner(creatorId, begin, end, MAX_STREAMS + 1)
                .invoke(SummaryService::requireFew)
                .map(found -> view(creatorId, new Range(begin, end, now), found));
    }

    private static Instant ceilToHour(Instant moment) {
        Instant hour = moment.truncatedTo(ChronoUnit.HOURS);
        return hour.equals(moment) ? hour : hour.plus(1, ChronoUnit.HOURS);
    }

    private static void requireFew(List<Totals> found) {
        if (found.size() > MAX_STREAMS) {
            throw ApiException.invalid("from", "must be later: the time has more than " + MAX_STREAMS + " streams");
        }
    }

    /** The time that is asked for, and the moment in which it is. */
    private record Range(Instant from, Instant to, Instant now) {

        /** How much of it lies between two moments, in milliseconds. */
        long millis(Instant begin, Instant end) {
            return Math.max(0, last(end).toEpochMilli() - first(begin).toEpochMilli());
        }

        Instant first(Instant begin) {
            return begin.isBefore(from) ? from : begin;
        }

        Instant last(Instant end) {
            return Newest.earlier(end, to);
        }
    }

    private CreatorAnalyticsView view(UUID creatorId, Range range, List<Totals> found) {
        Sums all = Sums.none(range.from());
        long streamed = 0;
        for (Totals stream : found) {
            all = all.plus(sums(stream, range));
            streamed += streamed(stream, range);
        }
        return new CreatorAnalyticsView(
                creatorId,
                range.from(),
                range.to(),
                streamed / MILLIS_PER_HOUR,
                hoursWatched(all),
                all.avgViewers(),
                all.peakViewers(),
                all.peakAt(),
                found.stream().map(stream -> view(stream, range)).toList());
    }

    private StreamView view(Totals stream, Range range) {
        Sums sums = sums(stream, range);
        return new StreamView(
                stream.id(),
                stream.title(),
                stream.startedAt(),
                stream.endedAt(),
                streamed(stream, range) / MILLIS_PER_HOUR,
                hoursWatched(sums),
                sums.avgViewers(),
                sums.peakViewers(),
                sums.peakAt(),
                sums.knownChatMessages());
    }

    private static Double hoursWatched(Sums sums) {
        return sums.isKnown() ? Double.valueOf(sums.viewerMillis() / MILLIS_PER_HOUR) : null;
    }

    private static long streamed(Totals stream, Range range) {
        return range.millis(stream.startedAt(), stream.endedAt() == null ? range.now() : stream.endedAt());
    }

    /** With what the newest number adds, as far as it lies in the time, and with the number that held when it began. */
    private Sums sums(Totals stream, Range range) {
        Sums sums = stream.sums().start().equals(range.from())
                ? stream.sums().peaking(stream.sums().viewersAtStart(), range.from())
                : stream.sums();
        Newest newest = stream.newest();
        if (newest == null) {
            return sums;
        }
        Instant from = range.first(newest.at());
        Instant until = range.last(newest.heldUntil(config.silence(), stream.endedAt(), range.now()));
        return from.isBefore(until)
                ? sums.holding(newest.viewers(), from, until).peaking(newest.viewers(), from)
                : sums;
    }
}
