package dev.stagedoor.wallet.payment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.stagedoor.platform.http.ApiException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProvidersTest {

    private record Settings(boolean manualEnabled) implements PaymentConfig {

        @Override
        public String currency() {
            return "usd";
        }

        @Override
        public long tokenPrice() {
            return 1;
        }

        @Override
        public long cashOutPrice() {
            return 1;
        }

        @Override
        public long cashOutFeeBasisPoints() {
            return 0;
        }

        @Override
        public Duration retryDelay() {
            return Duration.ofSeconds(30);
        }
    }

    private static final CreatePaymentRequest PURCHASE =
            new CreatePaymentRequest(1L, ProviderName.MANUAL, PaymentKind.PURCHASE, null);

    private static Providers providers(boolean manualEnabled) {
        return new Providers(List.of(new ManualProvider(new Settings(manualEnabled))));
    }

    @Test
    void aProviderThatIsSwitchedOffTakesNoNewPayments() {
        assertThatCode(() -> providers(true).requireTaken(PURCHASE)).doesNotThrowAnyException();
        assertThatExceptionOfType(ApiException.class)
                .isThrownBy(() -> providers(false).requireTaken(PURCHASE))
                .matches(refusal -> refusal.status() == 400)
                .withMessageStartingWith("provider ");
    }

    @Test
    void whatPeopleSettleCanBeTakenBackAtFirst() {
        Terms cashOut = new Terms(PaymentKind.CASH_OUT, ProviderName.MANUAL, 1, 0, 1, "usd", "by hand");

        assertThat(providers(true).firstStatus(cashOut)).isEqualTo(PaymentStatus.REQUIRES_PAYMENT);
    }
}
