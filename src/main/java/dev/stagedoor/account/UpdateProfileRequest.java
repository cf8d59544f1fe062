package dev.stagedoor.account;

import dev.stagedoor.platform.http.PlainText;
import jakarta.validation.constraints.NotBlank;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

record UpdateProfileRequest(
        @Schema(required = true, examples = "Ada, Countess of Lovelace") @NotBlank @PlainText(max = 80)
        String displayName) {}
