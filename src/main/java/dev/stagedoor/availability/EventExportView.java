package dev.stagedoor.availability;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.stagedoor.availability.GroupEventView.SlotView;
import dev.stagedoor.availability.GroupEventView.TimeView;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * An event with all that was answered; times are those of its zone.
 *
 * @param finalTime null as long as people are asked
 */
@RegisterForReflection
@Schema(name = "GroupEventExport")
record EventExportView(
        @JsonUnwrapped EventSettingsView settings,
        @Schema(required = true, nullable = true) TimeView finalTime,
        @Schema(required = true) List<SlotView> slots,
        @Schema(required = true) List<ExportedParticipant> participants) {

    /**
     * Someone who takes part.
     *
     * @param name null where it is hidden
     * @param timeZone null where they did not say, and where names are hidden
     * @param yes base64 of a bit for each slot, the lowest of the first byte for the first one
     * @param answeredAt null for who has not answered yet
     */
    @RegisterForReflection
    @Schema(name = "GroupEventExportParticipant")
    record ExportedParticipant(
            @Schema(required = true) UUID id,

            @Schema(required = true, nullable = true, examples = "Ada")
            String name,

            @Schema(required = true, nullable = true, examples = "America/New_York")
            String timeZone,

            @Schema(required = true, examples = "Dw==") String yes,
            @Schema(required = true) String ifNeeded,
            @Schema(required = true, nullable = true) Instant answeredAt) {}
}
