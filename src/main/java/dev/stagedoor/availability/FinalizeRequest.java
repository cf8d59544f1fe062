package dev.stagedoor.availability;

import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** When an event will be. */
record FinalizeRequest(
        @Schema(required = true, description = "The position of the first slot", examples = "1") @NotNull @Min(0)
        Integer firstSlot,

        @Schema(description = "How many, which touch each other", defaultValue = "1") @Min(1)
        Integer slots,

        @Schema(required = true, description = "Of the event, as it was read", examples = "0") @NotNull
        Integer version) {

    FinalizeRequest {
        slots = slots == null ? 1 : slots;
    }
}
