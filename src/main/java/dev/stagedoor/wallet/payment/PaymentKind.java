package dev.stagedoor.wallet.payment;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.Locale;

/** Which way the money goes. */
@RegisterForReflection
public enum PaymentKind {
    /** A user buys tokens. */
    @JsonProperty("purchase")
    PURCHASE,
    /** A user gets money for tokens. */
    @JsonProperty("cash_out")
    CASH_OUT;

    /** The form in the database and in JSON. */
    String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    static PaymentKind of(String wireName) {
        return valueOf(wireName.toUpperCase(Locale.ROOT));
    }
}
