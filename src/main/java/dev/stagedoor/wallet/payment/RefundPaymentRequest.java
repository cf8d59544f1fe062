package dev.stagedoor.wallet.payment;

import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

record RefundPaymentRequest(
        @Schema(required = true, description = "How many of them, at their price", examples = "100") @NotNull @Min(1)
        Long tokens) {}
