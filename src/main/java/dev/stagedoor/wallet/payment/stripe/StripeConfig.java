package dev.stagedoor.wallet.payment.stripe;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.List;
import java.util.Optional;

/** Settings of Stripe. */
@ConfigMapping(prefix = "stagedoor.payments.stripe")
interface StripeConfig {

    /** Lets us call Stripe; without it there are no payments by Stripe. */
    Optional<String> secretKey();

    /** Those that webhooks may be signed with; several while one takes the place of another. */
    Optional<List<String>> webhookSecrets();

    /** Where Stripe's API is; Quarkus reads it through its own name, see application.properties. */
    @WithDefault("https://api.stripe.com")
    String url();
}
