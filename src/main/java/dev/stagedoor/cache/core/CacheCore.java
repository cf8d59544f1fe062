package dev.stagedoor.cache.core;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.RemovalCause;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.function.ToIntFunction;

/**
 * Two levels and a loader behind them. An entry is served while no tag of it was touched since its load began (see
 * {@link Fence}), until it expires; at most one load of a key is under way on a node, and where the second level is
 * usable, on all nodes.
 *
 * <p>The fence is asked at every read, so that no order of reads, loads and touches can leave a stale entry behind: one
 * that is put too late is put invalid.
 */
public final class CacheCore<V> {

    /** About what an entry costs beside its value, in bytes. */
    private static final int OVERHEAD = 300;

    private final Fence fence = new Fence();
    private final SecondLevel<V> second;
    private final Surroundings<V> surroundings;
    private final Limits limits;
    private final Cache<String, Entry<V>> first;
    private final ConcurrentMap<String, Flight<V>> flights = new ConcurrentHashMap<>();

    /**
     * The bounds of what the core holds and waits for.
     *
     * @param bytes of all values in the first level
     * @param load after which a load counts as hung and is abandoned
     * @param unconfirmed how long an entry is served that this node may have missed an invalidation of
     * @param failing how long after its expiry an entry is served where loading it anew fails
     */
    public record Limits(long bytes, Duration load, Duration unconfirmed, Duration failing) {}

    /**
     * What the core needs of the world around it.
     *
     * @param nanoTime of any origin, never going back
     * @param delay runs a task later
     * @param bytes of a value
     * @param isOutage whether a load failed for a source that is away, so that an expired entry is better than the failure
     */
    public record Surroundings<V>(
            LongSupplier nanoTime, Delay delay, ToIntFunction<V> bytes, Predicate<Throwable> isOutage) {}

    /** Runs a task later. */
    @FunctionalInterface
    public interface Delay {
        void run(Runnable task, Duration after);
    }

    /**
     * What is known of one entry.
     *
     * @param isInvalidated whether a tag of it was touched since
     * @param hits in the first level of this node, about
     */
    public record Inspection(
            String cache, Duration age, Duration ttl, List<String> tags, int hits, int bytes, boolean isInvalidated) {}

    public CacheCore(SecondLevel<V> second, Limits limits, Surroundings<V> surroundings) {
        this.second = second;
        this.limits = limits;
        this.surroundings = surroundings;
        this.first = Caffeine.newBuilder()
                .maximumWeight(limits.bytes())
                .weigher((String key, Entry<V> entry) -> bytes(key, entry))
                .executor(Runnable::run)
                .removalListener(this::removed)
                .build();
    }

    private int bytes(String key, Entry<V> entry) {
        V value = entry.stored.value();
        return OVERHEAD
                + 2 * key.length()
                + Integer.BYTES * entry.stored.tags().slots().length
                + (value == null ? 0 : surroundings.bytes().applyAsInt(value));
    }

    private void removed(String key, Entry<V> entry, RemovalCause cause) {
        entry.region.bytes.add(-bytes(key, entry));
        if (cause.wasEvicted()) {
            entry.region.evictions.increment();
        }
    }

    /** The entry where it can be served at once, else null; may begin to load it anew behind the answer. */
    public Read<V> peek(Region region, String key, Load<V> load) {
        Entry<V> entry = first.getIfPresent(key);
        if (entry == null || !isServable(region, key, entry)) {
            return null;
        }
        long now = nanoTime();
        long untilExpiry = entry.expiresAt - now;
        boolean isExpired = untilExpiry <= 0;
        if (isExpired) {
            region.staleReads.increment();
        }
        boolean isDue = isExpired || region.lifetime().isDueEarly(entry.stored, untilExpiry);
        if (isDue && !entry.isPaused(now) && refresh(region, key, load, entry) && !isExpired) {
            region.earlyRefreshes.increment();
        }
        entry.hit();
        region.firstLevelHits.increment();
        return new Read<>(entry.stored.value(), Read.Source.FIRST_LEVEL, untilExpiry);
    }

    /** Whether it is not invalidated, cannot be without this node knowing, and is not expired for long or has to do. */
    private boolean isServable(Region region, String key, Entry<V> entry) {
        if (!entry.standsBy(fence)) {
            if (first.asMap().remove(key, entry)) {
                region.invalidated.increment();
            }
            return false;
        }
        long now = nanoTime();
        return isConfirmed(entry, now)
                && (entry.isPaused(now)
                        || entry.expiresAt - now > -region.lifetime().stale(entry.stored));
    }

    boolean isConfirmed(Entry<V> entry, long now) {
        return now - Math.max(entry.fetchedAt, second.confirmedAt())
                <= limits.unconfirmed().toNanos();
    }

    /** Begins to load an entry anew unless that is under way; false where it is. */
    private boolean refresh(Region region, String key, Load<V> load, Entry<V> old) {
        Flight<V> flight = new Flight<>(this, region, key, load, old, true);
        if (flights.putIfAbsent(key, flight) != null) {
            return false;
        }
        flight.start();
        return true;
    }

    /** The value from the second level or from the load; fails as the load does. */
    public CompletionStage<Read<V>> get(Region region, String key, Load<V> load) {
        return fly(region, key, load, fence.now());
    }

    private CompletionStage<Read<V>> fly(Region region, String key, Load<V> load, long askedAt) {
        Flight<V> mine = new Flight<>(this, region, key, load, first.getIfPresent(key), false);
        // Of what was begun too early for this reader, the end is waited for: one load of a key at a time is enough.
        Flight<V> present = flights.putIfAbsent(key, mine);
        if (present == null) {
            mine.start();
        }
        Flight<V> flight = present == null ? mine : present;
        return flight.outcome()
                .thenCompose(landing -> landing.isGoodFor(askedAt, fence)
                        ? CompletableFuture.completedStage(landing.read())
                        : again(region, key, load, askedAt));
    }

    /** Others who waited may have loaded it already. */
    private CompletionStage<Read<V>> again(Region region, String key, Load<V> load, long askedAt) {
        Read<V> ready = peek(region, key, load);
        return ready == null ? fly(region, key, load, askedAt) : CompletableFuture.completedStage(ready);
    }

    /**
     * Invalidates what has one of these tags, on every node; call it after the commit, and answer after it completes. It
     * does not fail.
     */
    public CompletionStage<Void> invalidate(Tags tags) {
        // This node last: a load that begins after it finds the second level done.
        return second.touch(tags).thenRun(() -> fence.touch(tags.slots()));
    }

    /** Invalidates everything, as {@link #invalidate} does. */
    public CompletionStage<Void> invalidateAll() {
        return second.touchAll().thenRun(fence::touchAll);
    }

    /** Another node has invalidated these slots. */
    public void touchedElsewhere(int[] slots) {
        fence.touch(slots);
    }

    /** Other nodes may have invalidated anything. */
    public void missedSome() {
        fence.touchAll();
    }

    /** What the first level knows of a key, if anything. */
    public Optional<Inspection> inspect(String key) {
        return Optional.ofNullable(first.policy().getIfPresentQuietly(key)).map(entry -> {
            Duration ttl = Duration.ofNanos(entry.stored.ttl());
            return new Inspection(
                    entry.region.name(),
                    ttl.minusNanos(entry.expiresAt - nanoTime()),
                    ttl,
                    entry.stored.tags().names(),
                    entry.hits(),
                    bytes(key, entry),
                    !entry.standsBy(fence));
        });
    }

    /** How often the most read keys were read since this was last asked, at most this many. */
    public Map<String, Integer> popular(int limit) {
        Map<String, Integer> popular = new HashMap<>();
        first.policy().eviction().orElseThrow().hottest(limit).forEach((key, entry) -> {
            int hits = entry.takeUncounted();
            if (hits > 0) {
                popular.put(key, hits);
            }
        });
        return popular;
    }

    /** Keeps the newer of two entries, by when their loads began. */
    void keep(String key, Entry<V> entry) {
        first.asMap().compute(key, (same, present) -> {
            if (present != null && present.notedAt > entry.notedAt) {
                return present;
            }
            entry.region.bytes.add(bytes(key, entry));
            return entry;
        });
    }

    void drop(String key, Entry<V> entry) {
        first.asMap().remove(key, entry);
    }

    void landed(String key, Flight<V> flight) {
        flights.remove(key, flight);
    }

    long nanoTime() {
        return surroundings.nanoTime().getAsLong();
    }

    Fence fence() {
        return fence;
    }

    SecondLevel<V> second() {
        return second;
    }

    Limits limits() {
        return limits;
    }

    Surroundings<V> surroundings() {
        return surroundings;
    }
}
