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
 * Lets some attempts through at once and then as many as come back, evenly (generic cell rate algorithm, ITU-T I.371), over
 * all nodes through Redis; where Redis does not answer in time, each node counts for itself.
 */
@ApplicationScoped
public class RateLimiter {

    private static final Logger LOG = Logger.getLogger(RateLimiter.class);

    private static final Duration REDIS_TIMEOUT = Duration.ofMillis(100);
    private static final long MAX_LOCAL_COUNTERS = 100_000;

    /**
     * What is kept is when everything will have come back. ARGV: ms of the window, attempts in it. Answers how many are left
     * and the ms until all are, or -1 and the ms until there is one.
     */
    private static final String COUNT = """
            local time = redis.call('TIME')
            local now = time[1] * 1000 + time[2] / 1000
            local window, interval = tonumber(ARGV[1]), ARGV[1] / ARGV[2]
            local full = math.max(now, tonumber(redis.call('GET', KEYS[1]) or 0)) + interval
            local wait = full - window - now
            if wait > 0.001 then return {-1, math.ceil(wait)} end
            redis.call('SET', KEYS[1], string.format('%.3f', full), 'PX', math.ceil(full - now))
            return {math.floor(-wait / interval + 0.001), math.ceil(full - now)}
            """;

    private final ReactiveRedisDataSource redis;
    private final Cache<String, Long> fullAtNanos = Caffeine.newBuilder()
            .maximumSize(MAX_LOCAL_COUNTERS)
            .expireAfterWrite(Duration.ofMinutes(10))
            .build();

    RateLimiter(ReactiveRedisDataSource redis) {
        this.redis = redis;
    }

    /**
     * A limit of attempts for each subject.
     *
     * @param name of the policy, in headers and keys
     * @param max attempts at once, which come back within the window
     */
    public record Policy(String name, int max, Duration window) {}

    /**
     * How much of the limit is left after an attempt.
     *
     * @param remaining -1 where the attempt was one too many
     * @param resetsIn until all is left, or where nothing is, one attempt
     */
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
                        "EVAL",
                        COUNT,
                        "1",
                        key,
                        Long.toString(policy.window().toMillis()),
                        Integer.toString(policy.max()))
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
        return new Quota(
                policy,
                response.get(0).toLong(),
                Duration.ofMillis(response.get(1).toLong()));
    }

    private Quota countLocally(Policy policy, String key) {
        long now = System.nanoTime();
        long window = policy.window().toNanos();
        long interval = window / policy.max();
        AtomicLong wait = new AtomicLong();
        long full = fullAtNanos.asMap().compute(key, (same, known) -> {
            long before = known == null ? now : Math.max(now, known);
            wait.set(before + interval - window - now);
            return wait.get() > 0 ? before : before + interval;
        });
        return wait.get() > 0
                ? new Quota(policy, -1, Duration.ofNanos(wait.get()))
                : new Quota(policy, -wait.get() / interval, Duration.ofNanos(full - now));
    }
}
