package dev.stagedoor.wallet.payment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.stagedoor.platform.http.ApiException;
import dev.stagedoor.wallet.Amounts;
import java.time.Duration;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class PricesTest {

    private record Settings(long tokenPrice, long cashOutPrice, long cashOutFeeBasisPoints) implements PaymentConfig {

        @Override
        public String currency() {
            return "eur";
        }

        @Override
        public boolean manualEnabled() {
            return true;
        }

        @Override
        public Duration retryDelay() {
            return Duration.ofSeconds(30);
        }
    }

    private static Terms terms(Settings settings, PaymentKind kind, long tokens) {
        return new Prices(settings).terms(new CreatePaymentRequest(tokens, ProviderName.MANUAL, kind, "an account"));
    }

    @Test
    void buyingAndCashingOutHaveTheirOwnPrices() {
        Settings settings = new Settings(7, 5, 250);

        assertThat(terms(settings, PaymentKind.PURCHASE, 100))
                .extracting(Terms::amount, Terms::feeTokens, Terms::currency)
                .containsExactly(700L, 0L, "eur");
        assertThat(terms(settings, PaymentKind.CASH_OUT, 100))
                .extracting(Terms::amount, Terms::feeTokens)
                .containsExactly(490L, 2L);
        assertThat(terms(settings, PaymentKind.CASH_OUT, 1))
                .extracting(Terms::amount, Terms::feeTokens)
                .containsExactly(5L, 0L);
    }

    @Property(tries = 300)
    void everyTokenThatIsPaidForHasTheSamePriceToTheMinorUnit(
            @ForAll @LongRange(min = 1, max = Amounts.MAX) long tokens,
            @ForAll @LongRange(min = 1, max = 1_000_000) long price,
            @ForAll @LongRange(min = 0, max = 9_999) long fee) {
        Terms terms = terms(new Settings(1, price, fee), PaymentKind.CASH_OUT, tokens);

        assertThat(terms.tokens() - terms.feeTokens()).isPositive();
        assertThat(terms.amount()).isEqualTo(Math.multiplyExact(terms.tokens() - terms.feeTokens(), price));
        assertThat(terms.tokenPrice()).isEqualTo(price);
        assertThat(terms.tokensFor(terms.amount())).isEqualTo(terms.tokens() - terms.feeTokens());
    }

    @Test
    void anAmountThatIsTooLargeToSayIsRefused() {
        assertThatExceptionOfType(ApiException.class)
                .isThrownBy(() -> terms(new Settings(10_000_000, 1, 0), PaymentKind.PURCHASE, Amounts.MAX))
                .matches(refusal -> refusal.status() == 400)
                .withMessageStartingWith("tokens");
    }
}
