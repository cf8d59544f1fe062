package dev.stagedoor.wallet.payment;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** How far a payment has come. Each supersedes those before it, whichever is heard of first. */
@RegisterForReflection
public enum PaymentStatus {
    /** Nobody has paid yet. */
    @JsonProperty("requires_payment")
    REQUIRES_PAYMENT,
    /** The money is on its way. */
    @JsonProperty("processing")
    PROCESSING,
    /** An attempt was refused; who is still let try again by the provider may yet succeed. */
    @JsonProperty("failed")
    FAILED,
    @JsonProperty("cancelled")
    CANCELLED,
    @JsonProperty("succeeded")
    SUCCEEDED,
    /** Succeeded, and the money was given back, or part of it. */
    @JsonProperty("refunded")
    REFUNDED;

    /** The form in the database and in JSON. */
    String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    static PaymentStatus of(String wireName) {
        return valueOf(wireName.toUpperCase(Locale.ROOT));
    }

    static Optional<PaymentStatus> find(String wireName) {
        return Stream.of(values())
                .filter(status -> status.wireName().equals(wireName))
                .findFirst();
    }

    /** Whether the money has reached whom it was for. */
    boolean isPaid() {
        return compareTo(SUCCEEDED) >= 0;
    }

    /** Whether all is still undecided. */
    boolean isOpen() {
        return compareTo(PROCESSING) <= 0;
    }

    PaymentStatus max(PaymentStatus other) {
        return compareTo(other) >= 0 ? this : other;
    }
}
