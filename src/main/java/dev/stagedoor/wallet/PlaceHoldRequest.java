package dev.stagedoor.wallet;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

record PlaceHoldRequest(
        @Schema(required = true) @NotNull UUID payeeId,

        @Schema(required = true, description = "Tokens", examples = "100") @NotNull @Min(1) @Max(Amounts.MAX)
        Long amount,

        @Schema(description = "After how many seconds the tokens go back by themselves", defaultValue = "300")
        @Min(1)
        @Max(604_800)
        Integer expiresInSeconds) {

    PlaceHoldRequest {
        expiresInSeconds = expiresInSeconds == null ? Integer.valueOf(300) : expiresInSeconds;
    }
}
