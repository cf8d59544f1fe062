package dev.stagedoor.chat.moderation;

import dev.stagedoor.platform.http.PlainText;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

record MuteRequest(
        @Schema(required = true, examples = "600") @NotNull @Min(1) @Max(31_536_000)
        Long seconds,

        @Schema(nullable = true, examples = "Shouting") @PlainText(min = 0, max = 500)
        String reason) {

    MuteRequest {
        reason = reason == null ? "" : reason;
    }
}
