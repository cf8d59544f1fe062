package dev.stagedoor.chat;

import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

record MarkReadRequest(
        @Schema(required = true, description = "Of the last message that was read", examples = "41") @NotNull @Min(0)
        Long seq,

        @Schema(description = "Whether the marker may go back, too")
        boolean force) {}
