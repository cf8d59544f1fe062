package dev.stagedoor.account.apikey;

import dev.stagedoor.platform.http.PlainText;
import jakarta.validation.constraints.Future;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

record CreateApiKeyRequest(
        @Schema(required = true, examples = "bot of the green room") @NotBlank @PlainText(max = 80)
        String name,

        @Schema(required = true, examples = "[\"chat:read\"]") @NotEmpty @Size(max = 20)
        Set<@NotNull String> scopes,

        @Schema(description = "Never, where absent") @Future Instant expiresAt) {}
