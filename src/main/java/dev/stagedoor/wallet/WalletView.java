package dev.stagedoor.wallet;

import io.quarkus.runtime.annotations.RegisterForReflection;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** How many tokens a user has. */
@RegisterForReflection
@Schema(name = "Wallet")
record WalletView(
        @Schema(required = true, description = "Tokens to spend", examples = "975")
        long balance,

        @Schema(required = true, description = "Tokens set aside, for booked sessions and other holds", examples = "0")
        long held) {}
