package dev.stagedoor.wallet.payment;

/**
 * What was agreed when a payment was asked for; it never changes.
 *
 * @param feeTokens how many of the tokens of a cash-out the platform keeps
 * @param amount of money, in minor units of the currency; a whole number of them for each token
 * @param currency ISO 4217, in lower case
 * @param destination where the money of a cash-out goes; null for a purchase
 */
public record Terms(
        PaymentKind kind,
        ProviderName provider,
        long tokens,
        long feeTokens,
        long amount,
        String currency,
        String destination) {

    /** Minor units for each token that is paid for. */
    long tokenPrice() {
        return amount / (tokens - feeTokens);
    }

    /** How many tokens this much of the money stands for; what is no whole token is none. */
    long tokensFor(long partOfAmount) {
        return partOfAmount / tokenPrice();
    }
}
