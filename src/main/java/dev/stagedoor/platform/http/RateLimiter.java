package dev.stagedoor.platform.http;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.stagedoor.platform.context.Secrets;
import io.quarkus.redis.datasource.ReactiveRedisDataSource;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.redis.client.Response;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.HexFormat;
import java.util.concurrent.atomic.AtomicLong;
import org.jboss.logging.Logger;

/**
 * Counts attempts in fixed windows, over all nodes through Redis; where Redis does not answer in time, each node counts
 * for itself.
 */
@ApplicationScoped
public class RateLimiter {

    private static final Logger LOG = Logger.getLogger(RateLimiter.class);

    private static final Duration REDIS_TIMEOUT = Duration.ofMillis(100);
    private static final long MAX_LOCAL_COUNTERS = 100_000;

    /** One step, so that no crash leaves a counter that never ends; answers the count and the window's rest in ms. */
    private static final String COUNT = """
            local count = redis.call('INCR', KEYS[1])
            if count == 1 then redis.call('PEXPIRE', KEYS[1], ARGV[1]) end
            return {count, redis.call('PTTL', KEYS[1])}
            """;

    private final ReactiveRedisDataSource redis;
    private final Cache<String, AtomicLong> local = Caffeine.newBuilder()
            .maximumSize(MAX_LOCAL_COUNTERS)
            .expireAfterWrite(Duration.ofMinutes(1))
            .build();

    RateLimiter(ReactiveRedisDataSource redis) {
        this.redis = redis;
    }

    /**
     * A limit of attempts for each subject.
     *
     * @param name of the policy, in headers and keys
     * @param max attempts in a window
     */
    public record Policy(String name, int max, Duration window) {}

    /** How much of the limit is left after this attempt. */
    public record Quota(Policy policy, long remaining, Duration resetsIn) {

        public boolean isExceeded() {
            return remaining < 0;
        }

        /** The value of {@code RateLimit} (draft-ietf-httpapi-ratelimit-headers-10). */
        public String header() {
            return "\"" + policy.name() + "\";r=" + Math.max(0, remaining) + ";t=" + Math.max(1, resetsIn.toSeconds());
        }

        /** The value of {@code RateLimit-Policy}. */
        public String policyHeader() {
            return "\"" + policy.name() + "\";q=" + policy.max() + ";w="
                    + policy.window().toSeconds();
        }

        /** The 429 of an exceeded quota. */
        public ApiException refusal() {
            return ApiException.tooManyRequests(resetsIn)
                    .with("RateLimit", header())
                    .with("RateLimit-Policy", policyHeader());
        }
    }

    /** Counts one attempt of the subject; never fails for Redis. */
    public Uni<Quota> attempt(Policy policy, String subject) {
        // Subjects are names and addresses of people: the store needs to tell them apart, not to know them.
        String key = "rate:" + policy.name() + ":" + HexFormat.of().formatHex(Secrets.sha256(subject), 0, 16);
        return redis.execute(
                        "EVAL", COUNT, "1", key, Long.toString(policy.window().toMillis()))
                .map(response -> quota(policy, response))
                .ifNoItem()
                .after(REDIS_TIMEOUT)
                .fail()
                .onFailure()
                .invoke(failure -> LOG.debugf("Redis failed, counting locally: %s", failure.toString()))
                .onFailure()
                .recoverWithItem(() -> countLocally(policy, key));
    }

    private static Quota quota(Policy policy, Response response) {
        long count = response.get(0).toLong();
        return new Quota(
                policy, policy.max() - count, Duration.ofMillis(response.get(1).toLong()));
    }

    private Quota countLocally(Policy policy, String key) {
        long count = local.get(key, absent -> new AtomicLong()).incrementAndGet();
        return new Quota(policy, policy.max() - count, policy.window());
    }
}
