/**
 * Buying and cashing out tokens: PaymentService is the main class, {@code stripe} has a provider.
 *
 * <p>What providers say is joined to what is known ({@link dev.stagedoor.wallet.payment.Fact}). No provider is called
 * inside a transaction, and none may be told anything twice under different names.
 */
package dev.stagedoor.wallet.payment;
