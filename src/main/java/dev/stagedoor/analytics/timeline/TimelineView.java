package dev.stagedoor.analytics.timeline;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.stagedoor.analytics.Sums;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * How many watched a stream over some time.
 *
 * @param from where the first bucket begins
 * @param to where the last bucket ends
 * @param previous the same number of buckets before; absent where it was not asked for
 */
@RegisterForReflection
@JsonInclude(JsonInclude.Include.NON_NULL)
record TimelineView(
        @Schema(required = true) UUID streamId,
        @Schema(required = true) Bucket bucket,
        @Schema(required = true, examples = "Europe/Lisbon") String timeZone,
        @Schema(required = true) Instant from,
        @Schema(required = true) Instant to,
        @Schema(required = true) List<PointView> points,
        List<PointView> previous) {

    /**
     * One bucket. Where nothing is known, there is null, and never 0.
     *
     * @param avgViewers each number weighted with how long it held
     * @param meanSample the mean of the samples, however long each held
     * @param peakViewers the most at any time of the bucket
     * @param minutesWatched by all viewers together
     * @param coverage the part of the bucket of which a number is known, from 0 to 1
     */
    @RegisterForReflection
    @Schema(name = "TimelinePoint")
    record PointView(
            @Schema(required = true) Instant start,

            @Schema(required = true, nullable = true, description = "Each number weighted with how long it held")
            Double avgViewers,

            @Schema(required = true, nullable = true, description = "The mean of the samples, however long each held")
            Double meanSample,

            @Schema(required = true, nullable = true) Integer peakViewers,
            @Schema(required = true, nullable = true) Instant peakAt,
            @Schema(required = true, nullable = true) Double minutesWatched,
            @Schema(required = true, nullable = true) Long chatMessages,
            @Schema(required = true) int samples,

            @Schema(required = true, minimum = "0", maximum = "1")
            double coverage) {

        static PointView of(Sums sums, Duration length) {
            boolean peaksAtStart = sums.viewersAtStart() != null
                    && (sums.peakViewers() == null || sums.viewersAtStart() >= sums.peakViewers());
            return new PointView(
                    sums.start(),
                    sums.avgViewers(),
                    sums.meanSample(),
                    peaksAtStart ? sums.viewersAtStart() : sums.peakViewers(),
                    peaksAtStart ? sums.start() : sums.peakAt(),
                    sums.isKnown() ? Double.valueOf(sums.minutesWatched()) : null,
                    sums.knownChatMessages(),
                    sums.samples(),
                    (double) sums.coveredMillis() / length.toMillis());
        }
    }
}
