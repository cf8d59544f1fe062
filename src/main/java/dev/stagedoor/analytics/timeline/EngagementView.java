package dev.stagedoor.analytics.timeline;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * How much was said in a channel over some time.
 *
 * @param from where the first bucket begins
 * @param to where the last bucket ends
 */
@RegisterForReflection
@Schema(name = "Engagement")
record EngagementView(
        @Schema(required = true) UUID channelId,
        @Schema(required = true) Bucket bucket,
        @Schema(required = true, examples = "Europe/Lisbon") String timeZone,
        @Schema(required = true) Instant from,
        @Schema(required = true) Instant to,
        @Schema(required = true) List<PointView> points) {

    /**
     * One bucket.
     *
     * @param activeChatters how many different people have said something
     */
    @RegisterForReflection
    @Schema(name = "EngagementPoint")
    record PointView(
            @Schema(required = true) Instant start,
            @Schema(required = true) long messages,
            @Schema(required = true) double messagesPerMinute,
            @Schema(required = true) long activeChatters) {}
}
