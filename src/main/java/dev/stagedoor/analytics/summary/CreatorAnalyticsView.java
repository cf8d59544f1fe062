package dev.stagedoor.analytics.summary;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * What a creator streamed in some time, and how it was watched. Where nothing is known, there is null, and never 0.
 *
 * @param from a whole hour
 * @param to a whole hour
 * @param hoursWatched by all viewers together
 * @param peakViewers the most of one stream
 * @param streams the last started first
 */
@RegisterForReflection
@Schema(name = "CreatorAnalytics")
record CreatorAnalyticsView(
        @Schema(required = true) UUID creatorId,
        @Schema(required = true) Instant from,
        @Schema(required = true) Instant to,
        @Schema(required = true) double hoursStreamed,
        @Schema(required = true, nullable = true) Double hoursWatched,
        @Schema(required = true, nullable = true) Double avgViewers,
        @Schema(required = true, nullable = true) Integer peakViewers,
        @Schema(required = true, nullable = true) Instant peakAt,
        @Schema(required = true) List<StreamView> streams) {

    /** One stream, as far as it lies in the time. */
    @RegisterForReflection
    @Schema(name = "CreatorStream")
    record StreamView(
            @Schema(required = true) UUID streamId,
            @Schema(required = true) String title,
            @Schema(required = true) Instant startedAt,
            @Schema(required = true, nullable = true) Instant endedAt,
            @Schema(required = true) double hoursStreamed,
            @Schema(required = true, nullable = true) Double hoursWatched,
            @Schema(required = true, nullable = true) Double avgViewers,
            @Schema(required = true, nullable = true) Integer peakViewers,
            @Schema(required = true, nullable = true) Instant peakAt,
            @Schema(required = true, nullable = true) Long chatMessages) {}
}
