package dev.stagedoor.cache.core;

import dev.stagedoor.cache.core.Load.Loaded;
import dev.stagedoor.cache.core.Read.Source;
import dev.stagedoor.cache.core.SecondLevel.Answer;
import dev.stagedoor.cache.core.SecondLevel.Busy;
import dev.stagedoor.cache.core.SecondLevel.Hit;
import dev.stagedoor.cache.core.SecondLevel.Lease;
import dev.stagedoor.cache.core.SecondLevel.Leased;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** One way of a key from the second level or the loader to whoever waits for it. */
final class Flight<V> {

    private static final long FIRST_PAUSE_MILLIS = 2;
    private static final long LONGEST_PAUSE_MILLIS = 25;

    /** Nanoseconds for which a source that was found away is not asked again where there is something to serve. */
    private static final long PAUSE_AFTER_OUTAGE = TimeUnit.SECONDS.toNanos(1);

    /** Nanoseconds for which what was derived from stale sources is served before it is derived anew. */
    private static final long PAUSE_WHILE_STALE = TimeUnit.MILLISECONDS.toNanos(100);

    /** What depends on more changes too often to be worth keeping. */
    private static final int MAX_SLOTS = 1000;

    private final CacheCore<V> core;
    private final Region region;
    private final String key;
    private final Load<V> load;
    private final Entry<V> old;
    private final boolean isRefresh;
    private final long notedAt;
    private final long startedAt;
    private final CompletableFuture<Landing<V>> outcome = new CompletableFuture<>();

    /**
     * What came of a flight.
     *
     * @param read null where a refresh was left to another node
     */
    record Landing<V>(Read<V> read, Tags tags, long notedAt) {

        /** Whether nothing that was invalidated before the question is in the answer. */
        boolean isGoodFor(long askedAt, Fence fence) {
            return read != null && (notedAt >= askedAt || fence.standsSince(notedAt, tags.slots()));
        }
    }

    /**
     * @param old what the first level has, servable or not; may be null
     * @param isRefresh whether the old entry is served meanwhile
     */
    Flight(CacheCore<V> core, Region region, String key, Load<V> load, Entry<V> old, boolean isRefresh) {
        this.core = core;
        this.region = region;
        this.key = key;
        this.load = load;
        this.old = old;
        this.isRefresh = isRefresh;
        this.notedAt = core.fence().now();
        this.startedAt = core.nanoTime();
    }

    CompletionStage<Landing<V>> outcome() {
        return outcome;
    }

    void start() {
        if (load.isDerived()) {
            load(null);
        } else {
            ask(FIRST_PAUSE_MILLIS);
        }
    }

    private void ask(long pauseMillis) {
        // In a stage, so that what is thrown at once ends the flight too.
        CompletableFuture.completedStage(key)
                .thenCompose(asked -> core.second()
                        .find(asked, maxAge(), region.lease(core.limits().load())))
                .thenAccept(answer -> proceed(answer, pauseMillis))
                .whenComplete(this::endAfterAll);
    }

    /** A refresh wants what is younger than what there is. */
    private long maxAge() {
        return isRefresh ? core.nanoTime() - (old.expiresAt - old.stored.ttl()) - 1 : Long.MAX_VALUE;
    }

    private void proceed(Answer<V> answer, long pauseMillis) {
        if (answer instanceof Hit<V> hit) {
            region.secondLevelHits.increment();
            keep(hit.stored());
            land(hit.stored(), Source.SECOND_LEVEL);
        } else if (answer instanceof Leased<V> leased) {
            load(leased.lease());
        } else if (answer instanceof Busy<V> && isRefresh) {
            land(new Landing<>(null, Tags.NONE, notedAt));
        } else if (answer instanceof Busy<V> && !isOverdue()) {
            long longer = Math.min(LONGEST_PAUSE_MILLIS, pauseMillis * 2);
            core.surroundings().delay().run(() -> ask(longer), Duration.ofMillis(pauseMillis));
        } else {
            load(null);
        }
    }

    private boolean isOverdue() {
        return core.nanoTime() - startedAt > core.limits().load().toNanos();
    }

    /** @param lease null where the second level takes nothing */
    private void load(Lease lease) {
        long beganAt = core.nanoTime();
        region.loads.increment();
        if (!isRefresh) {
            region.misses.increment();
        }
        // What is derived waits for the loads of its sources, and for what they do when they fail.
        long limit = core.limits().load().toNanos() * (load.isDerived() ? 2 : 1);
        CompletionStage<Loaded<V>> loading = run().orTimeout(limit, TimeUnit.NANOSECONDS);
        loading.handle((loaded, failure) -> ended(loaded, failure, lease, beganAt))
                .whenComplete(this::endAfterAll);
    }

    private Void ended(Loaded<V> loaded, Throwable failure, Lease lease, long beganAt) {
        long took = core.nanoTime() - beganAt;
        region.loadNanos.add(took);
        if (failure == null) {
            loaded(loaded, lease, took);
        } else {
            failed(failure instanceof CompletionException ? failure.getCause() : failure, lease);
        }
        return null;
    }

    /** Nobody is to wait for ever, whatever mistake is ours. */
    private void endAfterAll(Void nothing, Throwable mistake) {
        if (mistake != null) {
            core.landed(key, this);
            outcome.completeExceptionally(mistake);
        }
    }

    /** A stage of this flight's own: its timeout concerns no one else's. */
    private CompletableFuture<Loaded<V>> run() {
        try {
            return load.run().thenApply(loaded -> loaded).toCompletableFuture();
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private void loaded(Loaded<V> loaded, Lease lease, long took) {
        double stretch = old == null ? 1 : stretchAfterOld();
        long ttl = Math.min(loaded.untilExpiry(), region.lifetime().of(stretch, loaded.value() == null));
        Stored<V> stored = new Stored<>(loaded.value(), loaded.tags(), took, ttl, took, stretch);
        keep(stored);
        if (lease != null && stored.tags().slots().length <= MAX_SLOTS) {
            core.second().store(lease, stored);
        } else if (lease != null) {
            core.second().release(lease);
        }
        // Made of stale entries, it is one of them rather than something new.
        land(stored, loaded.untilExpiry() < 0 ? Source.FIRST_LEVEL : Source.LOADER);
    }

    private double stretchAfterOld() {
        long lived = core.nanoTime() - (old.expiresAt - old.stored.ttl());
        return region.lifetime().stretchAfter(old.stored.stretch(), old.hits(), lived);
    }

    private void failed(Throwable failure, Lease lease) {
        region.failedLoads.increment();
        if (lease != null) {
            core.second().release(lease);
        }
        if (old != null && isOutage(failure) && old.standsBy(core.fence()) && !isTooOld(old)) {
            region.staleReads.increment();
            old.pause(core.nanoTime() + PAUSE_AFTER_OUTAGE);
            // Late at any rate: expired, or not known to be valid.
            long untilExpiry = Math.min(-1, old.expiresAt - core.nanoTime());
            Read<V> read = new Read<>(old.stored.value(), Source.FIRST_LEVEL, untilExpiry);
            land(new Landing<>(read, old.stored.tags(), notedAt));
        } else {
            dropRefused(failure);
            core.landed(key, this);
            outcome.completeExceptionally(failure);
        }
    }

    /** A source that hangs may be one that others write to: then what may be invalid is no better than nothing. */
    private boolean isOutage(Throwable failure) {
        return failure instanceof TimeoutException
                ? core.isConfirmed(old, core.nanoTime())
                : core.surroundings().isOutage().test(failure);
    }

    /** What its loader refuses now is not to be served on. */
    private void dropRefused(Throwable failure) {
        if (old != null && !isOutage(failure)) {
            core.drop(key, old);
        }
    }

    private boolean isTooOld(Entry<V> entry) {
        return core.nanoTime() - entry.expiresAt > core.limits().failing().toNanos();
    }

    private void keep(Stored<V> stored) {
        if (stored.tags().slots().length > MAX_SLOTS) {
            return;
        }
        // What is derived was asked for nowhere else: it is no better confirmed than its sources.
        long fetchedAt = load.isDerived() ? core.second().confirmedAt() : startedAt;
        Entry<V> entry = new Entry<>(region, stored, notedAt, fetchedAt, core.nanoTime());
        if (stored.ttl() < 0) {
            entry.pause(core.nanoTime() + PAUSE_WHILE_STALE);
        }
        core.keep(key, entry);
    }

    private void land(Stored<V> stored, Source source) {
        Read<V> read = new Read<>(stored.value(), source, stored.ttl() - stored.age());
        land(new Landing<>(read, stored.tags(), notedAt));
    }

    private void land(Landing<V> landing) {
        core.landed(key, this);
        outcome.complete(landing);
    }
}
