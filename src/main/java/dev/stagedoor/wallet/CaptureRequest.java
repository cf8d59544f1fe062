package dev.stagedoor.wallet;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

record CaptureRequest(
        @Schema(description = "Tokens; absent for all of them. The others go back.", examples = "60")
        @Min(1)
        @Max(Amounts.MAX)
        Long amount) {

    long of(HoldView hold) {
        return amount == null ? hold.amount() : amount;
    }
}
