package dev.stagedoor.analytics.summary;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * What is live now.
 *
 * @param viewers of all streams together
 * @param topStreams those with the most viewers
 */
@RegisterForReflection
@Schema(name = "Stats")
record StatsView(
        @Schema(required = true) long liveStreams,
        @Schema(required = true) long viewers,
        @Schema(required = true) List<LiveView> topStreams) {

    /** A live stream; it has no viewers where nobody has counted them lately. */
    @RegisterForReflection
    @Schema(name = "LiveStreamStats")
    record LiveView(
            @Schema(required = true) UUID id,
            @Schema(required = true) String title,
            @Schema(required = true) Instant startedAt,
            @Schema(required = true) int viewers) {}
}
