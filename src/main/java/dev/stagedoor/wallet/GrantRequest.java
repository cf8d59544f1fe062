package dev.stagedoor.wallet;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

record GrantRequest(
        @Schema(required = true) @NotNull UUID userId,

        @Schema(required = true, description = "Tokens", examples = "1000") @NotNull @Min(1) @Max(Amounts.MAX)
        Long amount) {}
