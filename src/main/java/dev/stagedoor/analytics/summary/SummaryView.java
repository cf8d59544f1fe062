package dev.stagedoor.analytics.summary;

import dev.stagedoor.analytics.Sums;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * A stream as a whole, up to now. Where nothing is known, there is null, and never 0.
 *
 * @param durationSeconds from its start to its end, or to now
 * @param currentViewers null where it is not live, or nobody has counted lately
 * @param coverage the part of the duration of which a number of viewers is known, from 0 to 1
 */
@RegisterForReflection
@Schema(name = "StreamSummary")
record SummaryView(
        @Schema(required = true) UUID streamId,
        @Schema(required = true) String title,
        @Schema(required = true, nullable = true) Instant startedAt,
        @Schema(required = true, nullable = true) Instant endedAt,
        @Schema(required = true) boolean live,
        @Schema(required = true, nullable = true) Long durationSeconds,
        @Schema(required = true, nullable = true) Integer currentViewers,
        @Schema(required = true, nullable = true) Double avgViewers,
        @Schema(required = true, nullable = true) Double meanSample,
        @Schema(required = true, nullable = true) Integer peakViewers,
        @Schema(required = true, nullable = true) Instant peakAt,
        @Schema(required = true, nullable = true) Double minutesWatched,
        @Schema(required = true, nullable = true) Long chatMessages,
        @Schema(required = true) int samples,
        @Schema(required = true, nullable = true) Double coverage) {

    static SummaryView of(SummaryQueries.Totals stream, Duration silence, Instant now) {
        Sums sums = stream.sums(silence, now);
        Duration duration = stream.duration(now);
        return new SummaryView(
                stream.id(),
                stream.title(),
                stream.startedAt(),
                stream.endedAt(),
                stream.isLive(),
                duration == null ? null : Long.valueOf(duration.toSeconds()),
                stream.isLive() ? stream.currentViewers(silence, now) : null,
                sums.avgViewers(),
                sums.meanSample(),
                sums.peakViewers(),
                sums.peakAt(),
                sums.isKnown() ? Double.valueOf(sums.minutesWatched()) : null,
                sums.knownChatMessages(),
                sums.samples(),
                coverage(sums, duration));
    }

    /** Samples may be from before the start. */
    private static Double coverage(Sums sums, Duration duration) {
        return duration == null || duration.toMillis() <= 0
                ? null
                : Double.valueOf(Math.min(1, (double) sums.coveredMillis() / duration.toMillis()));
    }
}
