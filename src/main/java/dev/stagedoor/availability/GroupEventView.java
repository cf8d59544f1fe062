package dev.stagedoor.availability;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * An event, as someone sees it.
 *
 * @param yes how many can, by the position of the slot; null, as all that others say, for who has to answer first
 * @param ifNeeded how many can if it must be
 * @param finalTime null as long as people are asked
 * @param mine null for who takes no part; the last, as all the rest is the same for many
 */
@RegisterForReflection
@Schema(name = "GroupEvent")
record GroupEventView(
        @Schema(required = true, examples = "kq3-7vQ0Z8yq1m0f3cJkVg")
        String token,

        @JsonUnwrapped EventSettingsView settings,
        @Schema(required = true) List<SlotView> slots,
        @Schema(required = true) List<ParticipantView> participants,
        @Schema(required = true, nullable = true) List<Integer> yes,
        @Schema(required = true, nullable = true) List<Integer> ifNeeded,
        @Schema(required = true, nullable = true) List<BestTimeView> best,
        @Schema(required = true, nullable = true) TimeView finalTime,
        @Schema(required = true) Instant createdAt,

        @Schema(required = true, description = "Grows with what is asked and decided, not with answers")
        int version,

        @Schema(required = true, nullable = true) AnswerView mine) {

    private static final String DAY = "Of weekdays of any week, whose start and end are times of day";

    /**
     * A slot.
     *
     * @param day absent where start and end are moments, and not times of any week
     */
    @RegisterForReflection
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(name = "GroupEventSlot")
    record SlotView(
            @Schema(examples = "monday", description = DAY) String day,

            @Schema(required = true, examples = "2026-12-07T09:00:00Z")
            String start,

            @Schema(required = true, examples = "2026-12-07T09:30:00Z")
            String end) {}

    /**
     * Some slots that touch each other.
     *
     * @param day as of a slot
     */
    @RegisterForReflection
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(name = "GroupEventTime")
    record TimeView(
            @Schema(examples = "monday", description = DAY) String day,

            @Schema(required = true, examples = "2026-12-07T09:00:00Z")
            String start,

            @Schema(required = true, examples = "2026-12-07T10:00:00Z")
            String end,

            @Schema(required = true) int firstSlot,
            @Schema(required = true) int slots) {}

    /**
     * Someone who takes part.
     *
     * @param name null where it is hidden
     * @param timeZone null where they did not say, and where names are hidden
     * @param yes when they can: base64 of a bit for each slot, the lowest of the first byte for the first one, without
     *     zeros at the end; null where answers are hidden
     * @param ifNeeded when they can if it must be
     */
    @RegisterForReflection
    @Schema(name = "GroupEventParticipant")
    record ParticipantView(
            @Schema(required = true) UUID id,

            @Schema(required = true, nullable = true, examples = "Ada")
            String name,

            @Schema(required = true, nullable = true, examples = "America/New_York")
            String timeZone,

            @Schema(required = true) boolean answered,

            @Schema(required = true, nullable = true, examples = "Dw==")
            String yes,

            @Schema(required = true, nullable = true, examples = "")
            String ifNeeded) {}

    /** A time when many can; {@code ifNeeded} are those who would rather not in some of it. */
    @RegisterForReflection
    @Schema(name = "BestTime")
    record BestTimeView(
            @JsonUnwrapped TimeView time,
            @Schema(required = true) int yes,
            @Schema(required = true) int ifNeeded) {}
}
