package dev.stagedoor.wallet.api;

import java.util.UUID;

/** Names under which clients keep what they know of wallets. */
public final class WalletTags {

    private WalletTags() {}

    /** What a user can spend, and what is held of it. */
    public static String walletOf(UUID userId) {
        return "user:" + userId + ":wallet";
    }
}
