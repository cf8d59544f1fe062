package dev.stagedoor.cache.core;

import dev.stagedoor.cache.core.CacheCore.Limits;
import dev.stagedoor.cache.core.CacheCore.Surroundings;
import dev.stagedoor.cache.core.Load.Loaded;
import dev.stagedoor.cache.core.SecondLevel.Answer;
import dev.stagedoor.cache.core.SecondLevel.Lease;
import dev.stagedoor.cache.core.SecondLevel.Unusable;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/** One node without a second level, whose time passes when it is told to. */
final class Solo {

    static final Duration TTL = Duration.ofSeconds(10);
    static final Duration HARD_LIMIT = Duration.ofSeconds(5);
    static final Duration STALE_IF_ERROR = Duration.ofMinutes(10);

    final AtomicLong nanos = new AtomicLong();
    final AtomicInteger loads = new AtomicInteger();

    /** How often the second level was asked. */
    final AtomicInteger finds = new AtomicInteger();

    final Region region;
    final CacheCore<String> core;
    private volatile boolean isConnected = true;
    private volatile long confirmedAt;

    /** @param loadTimeout real time */
    Solo(Duration loadTimeout, long maxBytes, Lifetime lifetime) {
        region = new Region("solo", lifetime);
        core = new CacheCore<>(
                new Nothing(),
                new Limits(maxBytes, loadTimeout, HARD_LIMIT, STALE_IF_ERROR),
                new Surroundings<>(
                        nanos::get,
                        (task, after) -> task.run(),
                        String::length,
                        UncheckedIOException.class::isInstance));
    }

    Solo() {
        this(Duration.ofMinutes(1), 1 << 20, new Lifetime(TTL, () -> 0.5));
    }

    void pass(Duration time) {
        nanos.addAndGet(time.toNanos());
    }

    /** From now on it may miss invalidations. */
    void cutOff() {
        confirmedAt = nanos.get();
        isConnected = false;
    }

    /** Reads the key with its own name as the tag; the source emits null where there is no value. */
    CompletableFuture<Read<String>> read(String key, Supplier<CompletionStage<String>> source) {
        return read(key, false, () -> source.get().thenApply(value -> new Loaded<>(value, Tags.of(key))));
    }

    /** As {@link #read}, of what is made of other entries, of which the first expires in so many nanoseconds. */
    CompletableFuture<Read<String>> derive(String key, String value, long untilExpiry) {
        return read(key, true, () -> CompletableFuture.completedStage(new Loaded<>(value, Tags.of(key), untilExpiry)));
    }

    private CompletableFuture<Read<String>> read(
            String key, boolean isDerived, Supplier<CompletionStage<Loaded<String>>> source) {
        Load<String> load = new Load<>() {
            @Override
            public Tags tags() {
                return Tags.of(key);
            }

            @Override
            public boolean isDerived() {
                return isDerived;
            }

            @Override
            public CompletionStage<Loaded<String>> run() {
                loads.incrementAndGet();
                return source.get();
            }
        };
        Read<String> read = core.peek(region, key, load);
        return read == null
                ? core.get(region, key, load).toCompletableFuture()
                : CompletableFuture.completedFuture(read);
    }

    /** Reads a value that is there at once. */
    Read<String> readNow(String key, String value) {
        return read(key, () -> CompletableFuture.completedStage(value)).join();
    }

    /** Reads a value, for what that does to the cache. */
    void fill(String key, String value) {
        Read<String> read = readNow(key, value);
        if (read.value() == null) {
            throw new IllegalStateException(key + " is absent");
        }
    }

    private final class Nothing implements SecondLevel<String> {

        @Override
        public CompletionStage<Answer<String>> find(String key, long maxAge, long lease) {
            finds.incrementAndGet();
            return CompletableFuture.completedStage(new Unusable<>());
        }

        @Override
        public void store(Lease lease, Stored<String> stored) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void release(Lease lease) {
            throw new UnsupportedOperationException();
        }

        @Override
        public CompletionStage<Void> touch(Tags tags) {
            return CompletableFuture.completedStage(null);
        }

        @Override
        public CompletionStage<Void> touchAll() {
            return CompletableFuture.completedStage(null);
        }

        @Override
        public long confirmedAt() {
            return isConnected ? nanos.get() : confirmedAt;
        }
    }
}
