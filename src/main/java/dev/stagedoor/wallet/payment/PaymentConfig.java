package dev.stagedoor.wallet.payment;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Pattern;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;

/** Settings of payments; those of Stripe are its own. */
@ConfigMapping(prefix = "stagedoor.payments")
interface PaymentConfig {

    /** What is paid in; ISO 4217, in lower case. */
    @WithDefault("usd")
    @Pattern(regexp = "[a-z]{3}", message = "must be a currency of ISO 4217, in lower case")
    String currency();

    /** What a token costs, in minor units of the currency. */
    @WithDefault("1")
    @Min(1)
    long tokenPrice();

    /** What a token is cashed out for, in minor units of the currency. */
    @WithDefault("1")
    @Min(1)
    long cashOutPrice();

    /** How much of a cash-out the platform keeps, in hundredths of a percent; what is no whole token is not kept. */
    @WithDefault("0")
    @Min(0)
    @Max(9_999)
    long cashOutFeeBasisPoints();

    /** Whether payments may be asked for that people settle, and an admin decides. */
    @WithDefault("true")
    boolean manualEnabled();

    /** After how long a provider that did not answer is asked again at the earliest. */
    @WithDefault("30s")
    @DurationMin(millis = 100)
    Duration retryDelay();
}
