package dev.stagedoor.chat;

import dev.stagedoor.platform.http.PlainText;
import jakarta.validation.constraints.NotNull;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

record SendMessageRequest(
        @Schema(required = true, examples = "Five minutes to places!") @NotNull @PlainText(max = 4096, multiline = true)
        String text,

        @Schema(description = "Sending again under the same id gives the same message back", examples = "c-1")
        @PlainText(max = 64)
        String clientId) {}
