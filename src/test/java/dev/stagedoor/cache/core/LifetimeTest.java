package dev.stagedoor.cache.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class LifetimeTest {

    private static final Duration LOAD_TIME = Duration.ofMillis(20);

    private final Random random = new Random(20_260_102);
    private final Lifetime lifetime = new Lifetime(Duration.ofSeconds(10), random::nextDouble);

    @Test
    void aThousandReadsPerSecondLoadAtMostOnePointOneTimesPerTtl() {
        Solo solo = new Solo(Duration.ofMinutes(1), 1 << 20, lifetime);
        int ttls = 200;
        Loading loading = new Loading(solo);

        for (int millis = 0; millis < ttls * Solo.TTL.toMillis(); millis++) {
            loading.finishWhatIsDue();
            assertThat(solo.read("a", loading::begin)).isNotNull();
            solo.pass(Duration.ofMillis(1));
        }

        assertThat(solo.loads).hasValueLessThanOrEqualTo((int) (1.1 * ttls));
        Region.Counts counts = solo.region.counts();
        assertThat(counts.earlyRefreshes()).isGreaterThan(counts.loads() / 2);
        assertThat(counts.misses()).isEqualTo(1);
    }

    /** Loads that take their time. */
    private static final class Loading {

        private final Solo solo;
        private final Deque<Long> due = new ArrayDeque<>();
        private final Deque<CompletableFuture<String>> under = new ArrayDeque<>();

        Loading(Solo solo) {
            this.solo = solo;
        }

        CompletableFuture<String> begin() {
            CompletableFuture<String> result = new CompletableFuture<>();
            due.add(solo.nanos.get() + LOAD_TIME.toNanos());
            under.add(result);
            return result;
        }

        void finishWhatIsDue() {
            while (!due.isEmpty() && due.element() <= solo.nanos.get()) {
                due.remove();
                under.remove().complete("value");
            }
        }
    }

    @Test
    void livesAreJitteredWithinATenthBelowTheTtl() {
        assertThat(random.longs(1000).map(ignored -> lifetime.of(1, false)))
                .allSatisfy(nanos -> assertThat(nanos).isBetween(9_000_000_000L, 10_000_000_000L))
                .doesNotHaveDuplicates();
    }

    @Test
    void whatIsReadOftenLivesUpToFourTimesAsLongAndWhatIsNotDownToHalf() {
        long ttl = lifetime.ttl().toNanos();
        double stretch = 1;
        for (int i = 0; i < 10; i++) {
            stretch = lifetime.stretchAfter(stretch, 1000, ttl);
        }
        assertThat(stretch).isEqualTo(4);
        assertThat(lifetime.stretchAfter(stretch, 5, ttl)).isEqualTo(4);
        for (int i = 0; i < 10; i++) {
            stretch = lifetime.stretchAfter(stretch, 0, ttl);
        }
        assertThat(stretch).isEqualTo(0.5);
    }

    @Test
    void howOftenAnEntryWasReadCountsPerTtlHoweverLongItLived() {
        long ttl = lifetime.ttl().toNanos();

        assertThat(lifetime.stretchAfter(2, 32, 4 * ttl)).isEqualTo(2);
        assertThat(lifetime.stretchAfter(2, 64, 4 * ttl)).isEqualTo(4);
        assertThat(lifetime.stretchAfter(2, 4, 4 * ttl)).isEqualTo(1);
    }

    @Test
    void noEntryIsRefreshedEarlyBeforeTheLastTwentiethOfItsLife() {
        long ttl = lifetime.ttl().toNanos();
        Stored<String> slow = new Stored<>("value", Tags.NONE, 0, ttl, 100 * ttl, 1);

        assertThat(lifetime.isDueEarly(slow, ttl / 20 + 1)).isFalse();
        assertThat(lifetime.isDueEarly(slow, ttl / 20)).isTrue();
    }

    @Test
    void anEntryIsTheMoreOftenDueEarlyTheLongerItsLoadTook() {
        long ttl = lifetime.ttl().toNanos();
        long untilExpiry = ttl / 100;

        long quick = countDue(new Stored<>("value", Tags.NONE, 0, ttl, untilExpiry / 10, 1), untilExpiry);
        long slow = countDue(new Stored<>("value", Tags.NONE, 0, ttl, untilExpiry, 1), untilExpiry);

        // The probabilities are e^-10 and e^-1.
        assertThat(quick).isLessThan(10);
        assertThat(slow).isBetween(3300L, 4050L);
    }

    private long countDue(Stored<String> stored, long untilExpiry) {
        return random.ints(10_000)
                .filter(ignored -> lifetime.isDueEarly(stored, untilExpiry))
                .count();
    }
}
