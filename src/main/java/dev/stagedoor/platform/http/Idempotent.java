package dev.stagedoor.platform.http;

import dev.stagedoor.platform.http.Idempotency.Outcome;
import org.jboss.resteasy.reactive.RestResponse;

/** The answer to a POST that changes something once for its idempotency key. */
public final class Idempotent {

    static final String REPLAYED = "Idempotency-Replayed";

    private Idempotent() {}

    /** 200 with what came of it; marked where it is the repeated answer to a repeated request. */
    public static <T> RestResponse<T> ok(Outcome<T> outcome) {
        RestResponse.ResponseBuilder<T> response = RestResponse.ResponseBuilder.ok(outcome.value());
        return outcome.replayed() ? response.header(REPLAYED, "true").build() : response.build();
    }
}
