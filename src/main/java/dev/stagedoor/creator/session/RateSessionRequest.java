package dev.stagedoor.creator.session;

import dev.stagedoor.platform.http.PlainText;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

record RateSessionRequest(
        @Schema(required = true, examples = "5") @NotNull @Min(1) @Max(5)
        Integer stars,

        @Schema(defaultValue = "", examples = "An hour that went by like a minute")
        @PlainText(min = 0, max = 2000, multiline = true)
        String text) {

    RateSessionRequest {
        text = text == null ? "" : text;
    }
}
