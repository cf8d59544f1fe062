package dev.stagedoor.cache.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/**
 * No read is older than what its node has promised when the read began: its own acknowledged writes, and those of others
 * whose invalidation it has received.
 */
class InterleavingsTest {

    private static final int STEPS = 2_000_000;
    private static final long SEED = 20_260_101;
    private static final List<String> KEYS = List.of("a", "b", Cluster.KNOWN_BY_ITS_VALUE);

    @Test
    void noRandomInterleavingOnThreeNodesServesStaleValues() {
        Random random = new Random(SEED);
        int steps = 0;
        long reads = 0;
        long loads = 0;
        while (steps < STEPS) {
            Cluster cluster = new Cluster(3, random::nextInt);
            List<CompletableFuture<Integer>> outcomes = new ArrayList<>();
            for (int i = 0; i < 300; i++) {
                act(cluster, random, outcomes);
                for (int j = random.nextInt(4); j > 0 && !cluster.isIdle(); j--) {
                    cluster.step();
                    steps++;
                }
            }
            cluster.nodes().forEach(Cluster.Node::reconnect);
            cluster.run();
            reads += outcomes.size();
            loads += cluster.loads();
            assertThat(outcomes).allSatisfy(staleness -> assertThat(staleness).isCompletedWithValue(0));
        }
        assertThat(loads).isBetween(reads / 100, reads / 2);
    }

    private static void act(Cluster cluster, Random random, List<CompletableFuture<Integer>> outcomes) {
        Cluster.Node node = cluster.nodes().get(random.nextInt(3));
        String key = KEYS.get(random.nextInt(KEYS.size()));
        int what = random.nextInt(100);
        if (what < 70) {
            outcomes.add(node.read(key));
        } else if (what < 88) {
            CompletableFuture<Void> written = node.write(key);
            assertThat(written).isNotNull();
        } else if (what < 96) {
            cluster.pass(Duration.ofMillis(random.nextInt(1500)));
        } else if (what < 98) {
            node.cutOff();
        } else {
            node.reconnect();
        }
    }

    @Test
    void noInterleavingOfAWriteWithReadsOnTheSameNodeServesStaleValues() {
        int schedules = enumerate(1, cluster -> {
            Cluster.Node node = cluster.nodes().get(0);
            return List.of(node.read("a"), afterThat(node.write("a"), node));
        });

        assertThat(schedules).isGreaterThan(500);
    }

    @Test
    void noInterleavingOfAWriteWithReadsOnTwoNodesServesStaleValues() {
        int schedules = enumerate(2, cluster -> {
            Cluster.Node writer = cluster.nodes().get(0);
            Cluster.Node reader = cluster.nodes().get(1);
            return List.of(reader.read("a"), afterThat(writer.write("a"), writer));
        });

        assertThat(schedules).isGreaterThan(1000);
    }

    private static CompletableFuture<Integer> afterThat(CompletableFuture<Void> written, Cluster.Node node) {
        return written.thenCompose(done -> node.read("a"));
    }

    private static void assertNoneIsStale(List<CompletableFuture<Integer>> outcomes) {
        assertThat(outcomes.stream().filter(staleness -> staleness.getNow(-1) != 0))
                .isEmpty();
    }

    /** Begins some reads and writes; emits how stale each read is. */
    private interface Scenario {
        List<CompletableFuture<Integer>> run(Cluster cluster);
    }

    /** Runs the scenario in every order that its steps can have; returns how many there are. */
    private static int enumerate(int nodes, Scenario scenario) {
        Schedule schedule = new Schedule();
        int schedules = 0;
        do {
            Cluster cluster = new Cluster(nodes, schedule::choose);
            List<CompletableFuture<Integer>> outcomes = scenario.run(cluster);
            cluster.run();
            assertNoneIsStale(outcomes);
            schedules++;
        } while (schedule.next());
        return schedules;
    }

    /** The choices of one run, counted up like an odometer. */
    private static final class Schedule {

        private final List<int[]> choices = new ArrayList<>();
        private int position;

        int choose(int alternatives) {
            if (position == choices.size()) {
                choices.add(new int[] {0, alternatives});
            }
            return choices.get(position++)[0];
        }

        boolean next() {
            position = 0;
            while (!choices.isEmpty()) {
                int[] last = choices.get(choices.size() - 1);
                if (++last[0] < last[1]) {
                    return true;
                }
                choices.remove(choices.size() - 1);
            }
            return false;
        }
    }
}
