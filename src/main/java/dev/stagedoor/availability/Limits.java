package dev.stagedoor.availability;

import dev.stagedoor.platform.http.ApiException;
import dev.stagedoor.platform.http.RateLimiter;
import dev.stagedoor.platform.http.RateLimiter.Policy;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.function.UnaryOperator;

/** How often an address may do what needs no account. */
@ApplicationScoped
class Limits {

    private final RateLimiter limiter;
    private final Policy creates;
    private final Policy misses;

    Limits(RateLimiter limiter, EventConfig config) {
        this.limiter = limiter;
        this.creates = new Policy("event-creates", config.createsPerAddress(), Duration.ofHours(1));
        this.misses = new Policy("event-misses", config.missesPerAddress(), Duration.ofMinutes(1));
    }

    /** Fails with 429 where the address has made too many events. */
    Uni<Void> create(String address) {
        return attempt(creates, address);
    }

    /** Has a 404 count: one too many becomes a 429. */
    <T> UnaryOperator<Uni<T>> missesOf(String address) {
        return answer -> answer.onFailure(Limits::isMiss)
                .recoverWithUni(miss ->
                        attempt(misses, address).chain(() -> Uni.createFrom().<T>failure(miss)));
    }

    private static boolean isMiss(Throwable failure) {
        return failure instanceof ApiException refusal && refusal.status() == 404;
    }

    private Uni<Void> attempt(Policy policy, String address) {
        return limiter.attempt(policy, address)
                .invoke(quota -> {
                    if (quota.isExceeded()) {
                        throw quota.refusal();
                    }
                })
                .replaceWithVoid();
    }
}
