package dev.stagedoor.platform.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.stagedoor.platform.http.RateLimiter.Policy;
import dev.stagedoor.platform.http.RateLimiter.Quota;
import dev.stagedoor.support.Api;
import dev.stagedoor.support.StagedoorTest;
import dev.stagedoor.support.Together;
import io.quarkus.redis.datasource.ReactiveRedisDataSource;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

@StagedoorTest
class RateLimiterTest {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    @Inject
    RateLimiter limiter;

    @Inject
    ReactiveRedisDataSource redis;

    private final String someone = Api.uniqueName();

    private Quota attempt(Policy policy) {
        return limiter.attempt(policy, someone).await().atMost(PATIENCE);
    }

    @Test
    void asManyAsThereAreAtOnceAreLetThroughAndNoMore() {
        Policy policy = new Policy("test", 20, Duration.ofHours(1));
        // Later than the first of all, which may take Redis too long.
        assertThat(attempt(new Policy("first", 1, Duration.ofHours(1))).isExceeded())
                .isFalse();

        List<Quota> quotas =
                Together.run(
                                4,
                                i -> IntStream.range(0, 10)
                                        .mapToObj(n -> attempt(policy))
                                        .toList())
                        .stream()
                        .flatMap(List::stream)
                        .toList();

        assertThat(quotas).filteredOn(quota -> !quota.isExceeded()).hasSize(20);
        assertThat(quotas.stream().filter(quota -> !quota.isExceeded()).map(Quota::remaining))
                .containsExactlyInAnyOrderElementsOf(
                        LongStream.range(0, 20).boxed().toList());
        assertThat(attempt(policy).resetsIn()).isBetween(Duration.ofMinutes(2), Duration.ofMinutes(3));
    }

    @Test
    void severalNodesCountTogether() {
        Policy policy = new Policy("test", 3, Duration.ofHours(1));
        RateLimiter other = new RateLimiter(redis);

        assertThat(attempt(policy).remaining()).isEqualTo(2);
        assertThat(other.attempt(policy, someone).await().atMost(PATIENCE).remaining())
                .isEqualTo(1);
        assertThat(attempt(policy).remaining()).isZero();
        assertThat(other.attempt(policy, someone).await().atMost(PATIENCE).isExceeded())
                .isTrue();
    }

    @Test
    void theyComeBackOneByOne() {
        Policy policy = new Policy("test", 2, Duration.ofMillis(600));
        assertThat(attempt(policy).remaining()).isEqualTo(1);
        assertThat(attempt(policy).remaining()).isZero();
        assertThat(attempt(policy).isExceeded()).isTrue();

        await().atMost(PATIENCE).until(() -> !attempt(policy).isExceeded());
    }

    @Test
    void whoIsRefusedLosesNothing() {
        Policy policy = new Policy("test", 1, Duration.ofSeconds(2));
        assertThat(attempt(policy).isExceeded()).isFalse();

        await().atMost(PATIENCE).until(() -> !attempt(policy).isExceeded());
    }

    @Test
    void everyoneHasALimitOfTheirOwn() {
        Policy policy = new Policy("test", 1, Duration.ofHours(1));
        assertThat(attempt(policy).isExceeded()).isFalse();
        assertThat(attempt(policy).isExceeded()).isTrue();

        assertThat(limiter.attempt(policy, someone + "2")
                        .await()
                        .atMost(PATIENCE)
                        .isExceeded())
                .isFalse();
    }
}
