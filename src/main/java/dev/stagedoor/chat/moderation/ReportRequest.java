package dev.stagedoor.chat.moderation;

import dev.stagedoor.platform.http.PlainText;
import jakarta.validation.constraints.NotNull;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

record ReportRequest(
        @Schema(required = true) @NotNull ReportReason reason,

        @Schema(nullable = true, examples = "The third time today") @PlainText(min = 0, max = 1000, multiline = true)
        String note) {

    ReportRequest {
        note = note == null ? "" : note;
    }
}
