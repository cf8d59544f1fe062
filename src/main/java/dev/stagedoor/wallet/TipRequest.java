package dev.stagedoor.wallet;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

record TipRequest(
        @Schema(required = true) @NotNull UUID creatorId,

        @Schema(required = true, description = "Tokens", examples = "25") @NotNull @Min(1) @Max(Amounts.MAX)
        Long amount) {}
