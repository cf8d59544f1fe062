package dev.stagedoor.wallet.payment;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.Locale;

/** Who moves the money. */
@RegisterForReflection
public enum ProviderName {
    @JsonProperty("stripe")
    STRIPE,
    /** People, outside of this service; an admin says what became of it. */
    @JsonProperty("manual")
    MANUAL;

    /** The form in the database and in JSON. */
    String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    static ProviderName of(String wireName) {
        return valueOf(wireName.toUpperCase(Locale.ROOT));
    }
}
