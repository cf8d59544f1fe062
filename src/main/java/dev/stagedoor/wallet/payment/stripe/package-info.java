/**
 * Payments by Stripe, over its REST API and its webhooks. StripeProvider is the main class.
 *
 * <p>Neither the keys nor a payer's client secret may be stored or logged.
 */
package dev.stagedoor.wallet.payment.stripe;
