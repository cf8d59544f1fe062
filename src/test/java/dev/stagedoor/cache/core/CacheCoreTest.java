package dev.stagedoor.cache.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

class CacheCoreTest {

    private final Solo solo = new Solo();

    private static CompletionStage<String> outage() {
        return CompletableFuture.failedStage(new UncheckedIOException(new IOException("gone")));
    }

    @Test
    void tenThousandMissesOverThreeNodesLoadOnceWithTheStoreUp() {
        assertThat(loadsOfTenThousandMisses(new Cluster(3, alternatives -> 0))).isEqualTo(1);
    }

    @Test
    void tenThousandMissesOverThreeNodesLoadOnceEachWithTheStoreAway() {
        Cluster cluster = new Cluster(3, alternatives -> 0);
        cluster.nodes().forEach(Cluster.Node::cutOff);

        assertThat(loadsOfTenThousandMisses(cluster)).isEqualTo(3);
    }

    private static long loadsOfTenThousandMisses(Cluster cluster) {
        List<CompletableFuture<Integer>> outcomes = new ArrayList<>();
        for (int i = 0; i < 10_000; i++) {
            outcomes.add(cluster.nodes().get(i % 3).read("a"));
        }
        cluster.run();
        assertThat(outcomes).allSatisfy(staleness -> assertThat(staleness).isCompletedWithValue(0));
        return cluster.loads();
    }

    @Test
    void aFailureReachesAllWhoWaitAndIsNotKept() {
        CompletableFuture<String> loading = new CompletableFuture<>();
        List<CompletableFuture<Read<String>>> waiting = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            waiting.add(solo.read("a", () -> loading));
        }
        IllegalStateException failure = new IllegalStateException("refused");
        loading.completeExceptionally(failure);

        assertThat(waiting)
                .allSatisfy(read -> assertThat(read)
                        .isCompletedExceptionally()
                        .failsWithin(Duration.ZERO)
                        .withThrowableThat()
                        .withCause(failure));
        assertThat(solo.loads).hasValue(1);
        assertThat(solo.readNow("a", "fine").value()).isEqualTo("fine");
    }

    /** Its sources may have missed what the second level has seen. */
    @Test
    void whatIsMadeOfOtherEntriesStaysOnThisNode() {
        String first = made();
        solo.fill("source", "a");

        assertThat(made()).isEqualTo(first);
        assertThat(solo.loads).hasValue(2);
        assertThat(solo.finds).as("for the source").hasValue(1);
    }

    @Test
    void whatIsMadeOfOtherEntriesIsNotServedLongerThanTheseWhereInvalidationsMayBeMissed() {
        solo.cutOff();
        solo.pass(Solo.HARD_LIMIT.minusSeconds(1));
        String inTime = made() + made();
        assertThat(solo.loads).as("for " + inTime).hasValue(1);

        solo.pass(Duration.ofSeconds(2));

        assertThat(made()).isEqualTo("made");
        assertThat(solo.loads).hasValue(2);
    }

    private String made() {
        return solo.derive("derived", "made", Long.MAX_VALUE).join().value();
    }

    @Test
    void whatIsMadeOfOtherEntriesExpiresWithTheFirstOfThem() {
        Duration rest = Duration.ofSeconds(3);

        assertThat(solo.derive("derived", "a", rest.toNanos()).join().untilExpiry())
                .isEqualTo(rest.toNanos());
        solo.pass(rest.plusNanos(1));
        assertThat(solo.derive("derived", "b", rest.toNanos()).join()).matches(Read::isStale);
        assertThat(solo.derive("derived", "unseen", 1).join().value()).isEqualTo("b");
    }

    @Test
    void whatIsMadeOfStaleEntriesIsStaleAndSoonMadeAnew() {
        assertThat(solo.derive("derived", "a", -5).join())
                .matches(Read::isStale)
                .matches(read -> read.value().equals("a"));
        assertThat(solo.derive("derived", "unseen", 5).join())
                .matches(Read::isStale)
                .matches(read -> read.value().equals("a"));
        solo.pass(Duration.ofMillis(100));
        assertThat(solo.derive("derived", "b", 5).join())
                .matches(read -> !read.isStale())
                .matches(read -> read.value().equals("b"));
    }

    @Test
    void aLoaderThatThrowsFailsTheRead() {
        CompletableFuture<Read<String>> read = solo.read("a", () -> {
            throw new IllegalStateException("at once");
        });

        assertThat(read).isCompletedExceptionally();
        assertThat(solo.readNow("a", "fine").value()).isEqualTo("fine");
    }

    @Test
    void aLoaderThatEmitsNothingFailsTheReadAndDoesNotBlockItsKey() {
        Load<String> broken = new Load<>() {
            @Override
            public Tags tags() {
                return Tags.NONE;
            }

            @Override
            public CompletionStage<Loaded<String>> run() {
                return CompletableFuture.completedStage(null);
            }
        };

        assertThat(solo.core.get(solo.region, "a", broken)).isCompletedExceptionally();
        assertThat(solo.readNow("a", "fine").value()).isEqualTo("fine");
    }

    @Test
    void aHungLoaderIsAbandonedAndTheNextReadLoadsAnew() {
        Solo impatient = new Solo(Duration.ofMillis(20), 1 << 20, new Lifetime(Solo.TTL, () -> 0.5));

        assertThat(impatient.read("a", CompletableFuture::new))
                .failsWithin(Duration.ofSeconds(10))
                .withThrowableThat()
                .withCauseInstanceOf(TimeoutException.class);
        assertThat(impatient.readNow("a", "fine").value()).isEqualTo("fine");
    }

    @Test
    void whatAHungLoaderEmitsAtLastIsNotKept() {
        Solo impatient = new Solo(Duration.ofMillis(20), 1 << 20, new Lifetime(Solo.TTL, () -> 0.5));
        CompletableFuture<String> hung = new CompletableFuture<>();
        assertThat(impatient.read("a", () -> hung)).failsWithin(Duration.ofSeconds(10));

        hung.complete("late");

        assertThat(impatient.readNow("a", "fresh").value()).isEqualTo("fresh");
    }

    @Test
    void anExpiredEntryIsServedWhileItIsLoadedAnew() {
        solo.fill("a", "old");
        solo.pass(Solo.TTL);
        CompletableFuture<String> loading = new CompletableFuture<>();

        assertThat(solo.read("a", () -> loading).join())
                .matches(Read::isStale)
                .matches(read -> read.value().equals("old"));
        assertThat(solo.read("a", () -> loading).join().value()).isEqualTo("old");
        loading.complete("new");

        assertThat(solo.read("a", CacheCoreTest::outage).join())
                .matches(read -> !read.isStale())
                .matches(read -> read.value().equals("new"));
        assertThat(solo.loads).hasValue(2);
        assertThat(solo.region.counts().staleReads()).isEqualTo(2);
    }

    @Test
    void anEntryThatIsExpiredForLongIsNotServed() {
        solo.fill("a", "old");
        solo.pass(Solo.TTL.multipliedBy(3));

        assertThat(solo.readNow("a", "new").value()).isEqualTo("new");
    }

    @Test
    void anExpiredEntryIsServedWhereItsSourceIsAwayButNotForEver() {
        solo.fill("a", "old");
        solo.pass(Solo.TTL.multipliedBy(3));
        assertThat(solo.read("a", CacheCoreTest::outage).join())
                .matches(Read::isStale)
                .matches(read -> read.value().equals("old"));

        solo.pass(Solo.STALE_IF_ERROR);
        assertThat(solo.read("a", CacheCoreTest::outage)).isCompletedExceptionally();
    }

    @Test
    void aSourceThatWasFoundAwayIsNotAskedAgainForASecond() {
        solo.fill("a", "old");
        solo.pass(Solo.TTL.multipliedBy(3));
        for (int i = 0; i < 10; i++) {
            assertThat(solo.read("a", CacheCoreTest::outage).join())
                    .matches(Read::isStale)
                    .matches(read -> read.value().equals("old"));
        }
        assertThat(solo.loads).as("with the one that filled").hasValue(2);

        solo.pass(Duration.ofSeconds(1));

        assertThat(solo.readNow("a", "new").value()).isEqualTo("new");
    }

    @Test
    void whileItsSourceIsNotAskedAnEntryCanBeInvalidatedAllTheSame() {
        solo.fill("a", "old");
        solo.pass(Solo.TTL.multipliedBy(3));
        assertThat(solo.read("a", CacheCoreTest::outage).join().value()).isEqualTo("old");

        assertThat(solo.core.invalidate(Tags.of("a"))).isCompleted();

        assertThat(solo.readNow("a", "new").value()).isEqualTo("new");
    }

    @Test
    void aFailureThatIsNoOutageIsNotCoveredUpByAnExpiredEntry() {
        solo.fill("a", "old");
        solo.pass(Solo.TTL.multipliedBy(3));

        assertThat(solo.read("a", () -> CompletableFuture.failedStage(new IllegalStateException("refused"))))
                .isCompletedExceptionally();
    }

    @Test
    void whatItsLoaderRefusesNowIsNotServedOn() {
        solo.fill("a", "old");
        solo.pass(Solo.TTL);
        CompletableFuture<Read<String>> last =
                solo.read("a", () -> CompletableFuture.failedStage(new IllegalStateException("refused")));

        assertThat(last.join().value()).isEqualTo("old");
        assertThat(solo.readNow("a", "new").value()).isEqualTo("new");
    }

    @Test
    void aSourceThatHangsIsNotCoveredUpByWhatMayBeInvalid() {
        Solo impatient = new Solo(Duration.ofMillis(20), 1 << 20, new Lifetime(Duration.ofHours(1), () -> 0.5));
        impatient.fill("a", "old");
        impatient.cutOff();
        impatient.pass(Solo.HARD_LIMIT.plusSeconds(1));

        assertThat(impatient.read("a", CompletableFuture::new)).failsWithin(Duration.ofSeconds(10));
    }

    @Test
    void oneLoadOfAKeyIsUnderWayHoweverOftenItIsInvalidated() {
        CompletableFuture<String> first = new CompletableFuture<>();
        List<CompletableFuture<Read<String>>> reads = new ArrayList<>();
        reads.add(solo.read("a", () -> first));
        for (int i = 0; i < 100; i++) {
            assertThat(solo.core.invalidate(Tags.of("a"))).isCompleted();
            reads.add(solo.read("a", () -> CompletableFuture.completedStage("new")));
        }
        assertThat(solo.loads).hasValue(1);

        first.complete("old");

        assertThat(reads.remove(0).join().value()).isEqualTo("old");
        assertThat(reads).allSatisfy(read -> assertThat(read.join().value()).isEqualTo("new"));
        assertThat(solo.loads).hasValue(2);
    }

    @Test
    void whatIsInvalidatedIsNotServedEvenWhereItsSourceIsAway() {
        solo.fill("a", "old");
        assertThat(solo.core.invalidate(Tags.of("a"))).isCompleted();

        assertThat(solo.read("a", CacheCoreTest::outage)).isCompletedExceptionally();
    }

    @Test
    void thatThereIsNoValueIsKeptForTenSecondsAtMostAndGivesWayToACreate() {
        Solo patient = new Solo(Duration.ofMinutes(1), 1 << 20, new Lifetime(Duration.ofHours(1), () -> 0));
        assertThat(patient.readNow("a", null).value()).isNull();
        assertThat(patient.readNow("a", "unseen").value()).isNull();

        assertThat(patient.core.invalidate(Tags.of("a"))).isCompleted();
        assertThat(patient.readNow("a", "created").value()).isEqualTo("created");

        assertThat(patient.readNow("b", null).value()).isNull();
        patient.pass(Duration.ofSeconds(10));
        assertThat(patient.readNow("b", "created").value()).isEqualTo("created");
    }

    @Test
    void whoMayMissInvalidationsServesNothingOlderThanTheHardLimit() {
        Solo cutOff = new Solo(Duration.ofMinutes(1), 1 << 20, new Lifetime(Duration.ofHours(1), () -> 0));
        cutOff.fill("a", "old");
        cutOff.cutOff();

        cutOff.pass(Solo.HARD_LIMIT);
        assertThat(cutOff.readNow("a", "new").value()).isEqualTo("old");
        cutOff.pass(Duration.ofMillis(1));
        assertThat(cutOff.readNow("a", "new").value()).isEqualTo("new");

        cutOff.pass(Solo.HARD_LIMIT);
        assertThat(cutOff.readNow("a", "newer").value()).isEqualTo("new");
    }

    @Test
    void whatAnotherNodeTouchedOrMayHaveTouchedIsNotServed() {
        solo.fill("a", "old");
        solo.core.touchedElsewhere(Tags.of("a").slots());
        assertThat(solo.readNow("a", "new").value()).isEqualTo("new");

        solo.core.missedSome();
        assertThat(solo.readNow("a", "newer").value()).isEqualTo("newer");
    }

    @Test
    void invalidatingEverythingLeavesNothing() {
        solo.fill("a", "old");
        assertThat(solo.core.invalidateAll()).isCompleted();

        assertThat(solo.readNow("a", "new").value()).isEqualTo("new");
    }

    @Test
    void whatIsKeptNeverWeighsMoreThanTheLimit() {
        long limit = 100_000;
        Solo small = new Solo(Duration.ofMinutes(1), limit, new Lifetime(Solo.TTL, () -> 0.5));
        for (int i = 0; i < 1000; i++) {
            small.fill("key" + i, "x".repeat(1000));
        }

        Region.Counts counts = small.region.counts();
        assertThat(counts.bytes()).isBetween(limit / 2, limit);
        assertThat(counts.evictions()).isGreaterThan(900);
    }

    @Test
    void anInspectionShowsTheStateOfAKey() {
        solo.fill("a", "value");
        solo.pass(Duration.ofSeconds(2));
        solo.fill("a", "unseen");

        assertThat(solo.core.inspect("a")).hasValueSatisfying(inspection -> {
            assertThat(inspection.cache()).isEqualTo("solo");
            assertThat(inspection.age()).isEqualTo(Duration.ofSeconds(2));
            assertThat(inspection.ttl()).isEqualTo(Duration.ofMillis(9500));
            assertThat(inspection.tags()).containsExactly("a");
            assertThat(inspection.hits()).isEqualTo(1);
            assertThat(inspection.isInvalidated()).isFalse();
        });
        solo.core.touchedElsewhere(Tags.of("a").slots());
        assertThat(solo.core.inspect("a"))
                .hasValueSatisfying(
                        inspection -> assertThat(inspection.isInvalidated()).isTrue());
        assertThat(solo.core.inspect("b")).isEmpty();
    }
}
