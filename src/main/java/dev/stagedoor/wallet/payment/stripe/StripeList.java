package dev.stagedoor.wallet.payment.stripe;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;

/** A page of Stripe's objects. */
@RegisterForReflection
@JsonIgnoreProperties(ignoreUnknown = true)
record StripeList(List<StripeObject> data) {}
