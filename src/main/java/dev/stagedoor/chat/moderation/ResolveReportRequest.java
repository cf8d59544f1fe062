package dev.stagedoor.chat.moderation;

import jakarta.validation.constraints.NotNull;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

record ResolveReportRequest(
        @Schema(required = true, description = "What becomes of it: dismissed or upheld") @NotNull
        ReportStatus status) {}
