package dev.stagedoor.platform.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.stagedoor.platform.http.RateLimiter.Policy;
import dev.stagedoor.platform.http.RateLimiter.Quota;
import dev.stagedoor.support.Api;
import dev.stagedoor.support.StagedoorTest;
import dev.stagedoor.support.Together;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

@StagedoorTest
class RateLimiterTest {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    @Inject
    RateLimiter limiter;

    private final String someone = Api.uniqueName();

    private Quota attempt(Policy policy) {
        return limiter.attempt(policy, someone).await().atMost(PATIENCE);
    }

    @Test
    void asManyAsThereAreAtOnceAreLetThroughAndNoMore() {
        Policy policy = new Policy("test", 20, Duration.ofHours(1));

        List<Quota> quotas = Together.run(50, i -> attempt(policy));

        assertThat(quotas).filteredOn(quota -> !quota.isExceeded()).hasSize(20);
        assertThat(quotas.stream().filter(quota -> !quota.isExceeded()).map(Quota::remaining))
                .containsExactlyInAnyOrderElementsOf(
                        LongStream.range(0, 20).boxed().toList());
        assertThat(attempt(policy).resetsIn()).isBetween(Duration.ofMinutes(2), Duration.ofMinutes(3));
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
