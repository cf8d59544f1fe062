package dev.stagedoor.wallet.payment;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A payment, as its user sees it, or an admin. */
@RegisterForReflection
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(name = "Payment")
record PaymentView(
        @Schema(required = true) UUID id,
        @Schema(required = true) UUID userId,
        @Schema(required = true) PaymentKind kind,
        @Schema(required = true) ProviderName provider,
        @Schema(required = true, examples = "500") long tokens,

        @Schema(required = true, description = "How many of the tokens of a cash-out the platform keeps")
        long feeTokens,

        @Schema(required = true, description = "In minor units of the currency", examples = "500")
        long amount,

        @Schema(required = true, description = "ISO 4217, in lower case", examples = "usd")
        String currency,

        @Schema(description = "Where the money of a cash-out goes")
        String destination,

        @Schema(required = true) PaymentStatus status,

        @Schema(description = "Why it failed, in the provider's words for programs", examples = "insufficient_funds")
        String failureCode,

        @Schema(
                required = true,
                description = "How many of the tokens were given back for money, or their money came back")
        long refundedTokens,

        @Schema(required = true, description = "Whether the provider has not answered yet; it is asked again")
        boolean awaitingProvider,

        @Schema(description = "With this the payer's page pays; only for the payer, and only while nobody has paid")
        String clientSecret,

        @Schema(description = "For admins: the provider's name for it")
        String providerRef,

        @Schema(description = "For admins: refunded tokens that the user had already spent")
        Long uncoveredTokens,

        @Schema(required = true) Instant createdAt,
        @Schema(required = true) Instant updatedAt,
        @Schema(required = true) int version) {}
