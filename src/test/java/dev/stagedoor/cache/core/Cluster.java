package dev.stagedoor.cache.core;

import dev.stagedoor.cache.core.CacheCore.Limits;
import dev.stagedoor.cache.core.CacheCore.Surroundings;
import dev.stagedoor.cache.core.SecondLevel.Answer;
import dev.stagedoor.cache.core.SecondLevel.Busy;
import dev.stagedoor.cache.core.SecondLevel.Hit;
import dev.stagedoor.cache.core.SecondLevel.Lease;
import dev.stagedoor.cache.core.SecondLevel.Leased;
import dev.stagedoor.cache.core.SecondLevel.Unusable;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.IntUnaryOperator;
import java.util.function.Supplier;

/**
 * Nodes, a store with the rules of the real one, and a database, all in one thread: what would take time becomes a step
 * that is done whenever it is chosen. The values are versions, so that a stale one shows.
 */
final class Cluster {

    /** A key whose tag no one knows before it is loaded. */
    static final String KNOWN_BY_ITS_VALUE = "c";

    private static final Limits LIMITS =
            new Limits(1 << 20, Duration.ofSeconds(5), Duration.ofSeconds(5), Duration.ofMinutes(10));

    private final IntUnaryOperator choice;
    private final List<Runnable> steps = new ArrayList<>();
    private final PriorityQueue<Timer> timers = new PriorityQueue<>(Comparator.comparingLong(Timer::at));
    private final Map<String, Integer> database = new HashMap<>();
    private final Map<String, StoredAt> entries = new HashMap<>();
    private final Map<String, Granted> leases = new HashMap<>();
    private final Map<Integer, Long> touched = new HashMap<>();
    private final List<Node> nodes = new ArrayList<>();
    private long storeClock;
    private long nanos;
    private long loads;
    private int tokens;

    private record StoredAt(Stored<Integer> stored, long notedAt, long nanos) {}

    private record Granted(String token, long until) {}

    private record Timer(long at, Runnable step) {}

    /** @param choice of one of so many, by number */
    Cluster(int size, IntUnaryOperator choice) {
        this.choice = choice;
        for (int i = 0; i < size; i++) {
            nodes.add(new Node());
        }
    }

    List<Node> nodes() {
        return nodes;
    }

    long loads() {
        return loads;
    }

    /** Time passes. */
    void pass(Duration duration) {
        nanos += duration.toNanos();
        wakeUp();
    }

    boolean isIdle() {
        return steps.isEmpty() && timers.isEmpty();
    }

    /** Does one of the steps that can be done now; where there are none, time passes until there is one. */
    void step() {
        if (steps.isEmpty()) {
            nanos = timers.element().at();
            wakeUp();
        }
        steps.remove(choice.applyAsInt(steps.size())).run();
    }

    void run() {
        while (!isIdle()) {
            step();
        }
    }

    private void later(Runnable step, Duration after) {
        timers.add(new Timer(nanos + after.toNanos(), step));
    }

    private void wakeUp() {
        while (!timers.isEmpty() && timers.element().at() <= nanos) {
            later(timers.remove().step());
        }
    }

    private void later(Runnable step) {
        steps.add(step);
    }

    private int version(String key) {
        return database.getOrDefault(key, 0);
    }

    /** What a node has promised: from a version on, per key. */
    final class Node {

        private final Region region = new Region("test", new Lifetime(Duration.ofSeconds(2), () -> 0.5));
        private final CacheCore<Integer> core = new CacheCore<>(
                new Link(this),
                LIMITS,
                new Surroundings<>(() -> nanos, Cluster.this::later, value -> 8, failure -> false));
        private final Map<String, Integer> floor = new HashMap<>();
        private final Deque<Runnable> messages = new ArrayDeque<>();
        private final Map<Integer, List<Runnable>> undelivered = new HashMap<>();
        private boolean isCutOff;
        private long confirmedAt;

        CacheCore<Integer> core() {
            return core;
        }

        Region region() {
            return region;
        }

        /** Completes with how much older the value is than what was promised when it was asked for: 0 where it is not. */
        CompletableFuture<Integer> read(String key) {
            int promised = floor.getOrDefault(key, 0);
            Load<Integer> load = new Load<>() {
                @Override
                public Tags tags() {
                    return key.equals(KNOWN_BY_ITS_VALUE) ? Tags.NONE : Tags.of(key);
                }

                @Override
                public CompletionStage<Loaded<Integer>> run() {
                    loads++;
                    CompletableFuture<Loaded<Integer>> result = new CompletableFuture<>();
                    later(() -> {
                        int read = version(key);
                        later(() -> result.complete(new Loaded<>(read, tags().and(List.of(key)))));
                    });
                    return result;
                }
            };
            Read<Integer> ready = core.peek(region, key, load);
            CompletableFuture<Integer> staleness = new CompletableFuture<>();
            if (ready != null) {
                staleness.complete(Math.max(0, promised - ready.value()));
            } else {
                later(() -> core.get(region, key, load)
                        .thenAccept(read -> staleness.complete(Math.max(0, promised - read.value()))));
            }
            return staleness;
        }

        /** Commits a new version, invalidates, and promises it. */
        CompletableFuture<Void> write(String key) {
            CompletableFuture<Void> done = new CompletableFuture<>();
            later(() -> {
                int committed = version(key) + 1;
                database.put(key, committed);
                later(() -> core.invalidate(Tags.of(key)).thenRun(() -> {
                    floor.merge(key, committed, Math::max);
                    done.complete(null);
                }));
            });
            return done;
        }

        void cutOff() {
            confirmedAt = nanos;
            isCutOff = true;
        }

        /** What was not delivered is, before anything is asked; what was not heard makes everything invalid. */
        void reconnect() {
            undelivered.keySet().forEach(slot -> publish(this, new int[] {slot}));
            undelivered.clear();
            messages.clear();
            core.missedSome();
            confirmedAt = nanos;
            isCutOff = false;
        }

        private void hear(Runnable message) {
            if (isCutOff) {
                return;
            }
            messages.add(message);
            later(() -> {
                if (!messages.isEmpty()) {
                    messages.removeFirst().run();
                }
            });
        }
    }

    private void publish(Node publisher, int[] slots) {
        long now = ++storeClock;
        Map<String, Integer> versions = Map.copyOf(database);
        for (int slot : slots) {
            touched.put(slot, now);
        }
        nodes.stream()
                .filter(node -> node != publisher)
                .forEach(node -> node.hear(() -> {
                    node.core.touchedElsewhere(slots);
                    versions.forEach((key, version) -> {
                        if (Fence.slot(key) == slots[0]) {
                            node.floor.merge(key, version, Math::max);
                        }
                    });
                }));
    }

    /** A node's way to the store: request and answer each take their time. */
    private final class Link implements SecondLevel<Integer> {

        private final Node node;

        Link(Node node) {
            this.node = node;
        }

        private <T> CompletableFuture<T> call(Supplier<T> work, T failed) {
            CompletableFuture<T> answer = new CompletableFuture<>();
            if (node.isCutOff) {
                answer.complete(failed);
                return answer;
            }
            later(() -> {
                T result = work.get();
                later(() -> answer.complete(node.isCutOff ? failed : result));
            });
            return answer;
        }

        @Override
        public CompletionStage<Answer<Integer>> find(String key, long maxAge, long lease) {
            return call(() -> look(key, maxAge, lease), new Unusable<>());
        }

        private Answer<Integer> look(String key, long maxAge, long lease) {
            StoredAt entry = entries.get(key);
            if (entry != null) {
                long age = nanos - entry.nanos;
                boolean stands = touched.getOrDefault(Fence.slot(key), 0L) <= entry.notedAt;
                if (stands && age <= maxAge && age < entry.stored.ttl()) {
                    Stored<Integer> stored = entry.stored;
                    return new Hit<>(new Stored<>(
                            stored.value(), stored.tags(), age, stored.ttl(), stored.loadTime(), stored.stretch()));
                }
            }
            Granted granted = leases.get(key);
            if (granted != null && nanos < granted.until()) {
                return new Busy<>();
            }
            String token = Integer.toString(++tokens);
            leases.put(key, new Granted(token, nanos + lease));
            return new Leased<>(new Lease(key, token, ++storeClock));
        }

        @Override
        public void store(Lease lease, Stored<Integer> stored) {
            later(() -> {
                entries.put(lease.key(), new StoredAt(stored, lease.notedAt(), nanos));
                end(lease);
            });
        }

        @Override
        public void release(Lease lease) {
            later(() -> end(lease));
        }

        private void end(Lease lease) {
            Granted granted = leases.get(lease.key());
            if (granted != null && granted.token().equals(lease.token())) {
                leases.remove(lease.key());
            }
        }

        @Override
        public CompletionStage<Void> touch(Tags tags) {
            return call(
                            () -> {
                                publish(node, tags.slots());
                                return true;
                            },
                            false)
                    .thenAccept(isDelivered -> {
                        if (!isDelivered) {
                            node.cutOff();
                            node.undelivered.put(tags.slots()[0], List.of());
                        }
                    });
        }

        @Override
        public CompletionStage<Void> touchAll() {
            throw new UnsupportedOperationException();
        }

        @Override
        public long confirmedAt() {
            return node.isCutOff ? node.confirmedAt : nanos;
        }
    }
}
