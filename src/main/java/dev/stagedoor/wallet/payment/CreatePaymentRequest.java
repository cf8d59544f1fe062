package dev.stagedoor.wallet.payment;

import dev.stagedoor.platform.http.PlainText;
import dev.stagedoor.wallet.Amounts;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

record CreatePaymentRequest(
        @Schema(required = true, examples = "500") @NotNull @Min(1) @Max(Amounts.MAX)
        Long tokens,

        @Schema(required = true) @NotNull ProviderName provider,
        @Schema(defaultValue = "purchase") PaymentKind kind,

        @Schema(
                description = "Required to cash out: where the money goes; for Stripe, a connected account",
                examples = "acct_1032D82eZvKYlo2C")
        @PlainText(max = 255)
        String destination) {

    CreatePaymentRequest {
        kind = kind == null ? PaymentKind.PURCHASE : kind;
    }
}
