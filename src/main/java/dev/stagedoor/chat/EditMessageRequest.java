package dev.stagedoor.chat;

import dev.stagedoor.platform.http.PlainText;
import jakarta.validation.constraints.NotNull;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

record EditMessageRequest(
        @Schema(required = true, examples = "Ten minutes to places!") @NotNull @PlainText(max = 4096, multiline = true)
        String text) {}
