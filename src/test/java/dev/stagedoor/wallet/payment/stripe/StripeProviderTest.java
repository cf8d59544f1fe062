package dev.stagedoor.wallet.payment.stripe;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StripeProviderTest {

    private record Settings(Optional<String> secretKey, Optional<List<String>> webhookSecrets) implements StripeConfig {

        @Override
        public String url() {
            return "https://api.stripe.com";
        }
    }

    private static StripeProvider provider(String key, List<String> secrets) {
        Settings settings = new Settings(Optional.ofNullable(key), Optional.ofNullable(secrets));
        return new StripeProvider(settings, null, null, Clock.systemUTC());
    }

    @Test
    void withoutAKeyThereAreNoPaymentsByStripe() {
        assertThat(provider(null, null).isEnabled()).isFalse();
        assertThat(provider("sk_live_1", null).isEnabled()).isTrue();
    }

    @Test
    void aKeyWithoutTheSecretsOfWebhooksDoesNotGoIntoProduction() {
        assertThat(provider("sk_live_1", null).findings())
                .singleElement()
                .asString()
                .contains("STRIPE_WEBHOOK_SECRETS");
        assertThat(provider("sk_live_1", List.of("whsec_1")).findings()).isEmpty();
        assertThat(provider(null, null).findings()).isEmpty();
    }
}
