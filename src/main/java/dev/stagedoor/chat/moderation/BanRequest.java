package dev.stagedoor.chat.moderation;

import dev.stagedoor.platform.http.PlainText;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * A ban to be.
 *
 * @param seconds null for good
 */
record BanRequest(
        @Schema(nullable = true, description = "Absent for good", examples = "86400") @Min(1) @Max(315_360_000)
        Long seconds,

        @Schema(nullable = true, examples = "Spam") @PlainText(min = 0, max = 500)
        String reason) {

    BanRequest {
        reason = reason == null ? "" : reason;
    }
}
