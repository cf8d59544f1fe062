package dev.stagedoor.cache;

import com.fasterxml.jackson.core.type.TypeReference;
import dev.stagedoor.cache.core.CacheCore;
import dev.stagedoor.cache.core.Load;
import dev.stagedoor.cache.core.Read;
import dev.stagedoor.cache.core.Region;
import dev.stagedoor.cache.core.Tags;
import dev.stagedoor.platform.context.EventLoops;
import dev.stagedoor.platform.context.Workers;
import dev.stagedoor.platform.http.EntityTags;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;

/** Answers of one kind. Get one from {@link Caches#create}. */
public final class NamedCache<K, V> {

    /** Bytes. */
    private static final int LARGE = 64 << 10;

    private final CacheSpec<K, V> spec;
    private final Region region;
    private final CacheCore<CachedBody> core;
    private final EntityTags entityTags;
    private final Vertx vertx;
    private final Workers workers;
    private final boolean isEnabled;
    private volatile Function<String, Optional<Uni<Cached>>> warmer = key -> Optional.empty();

    NamedCache(
            CacheSpec<K, V> spec,
            Region region,
            CacheCore<CachedBody> core,
            EntityTags entityTags,
            Vertx vertx,
            Workers workers,
            boolean isEnabled) {
        this.spec = spec;
        this.region = region;
        this.core = core;
        this.entityTags = entityTags;
        this.vertx = vertx;
        this.workers = workers;
        this.isEnabled = isEnabled;
    }

    /**
     * The answer for a key, from a level of the cache or from the loader; fails as the loader does, which is not
     * remembered. Do not wait for it while a database session is open.
     *
     * @param loader reads the primary database, on a context of its own; also later, and for other callers
     */
    public Uni<Cached> get(K key, Supplier<Uni<V>> loader) {
        return get(key, false, () -> loader.get().map(NamedCache::fromSource));
    }

    private static <V> Viewed<V> fromSource(V view) {
        return new Viewed<>(view, Long.MAX_VALUE);
    }

    /**
     * As {@link #get}, of an answer that is made from {@link #view views} of other entries: it is kept on this node alone,
     * and no longer than these. Every write that touches those entries in what it takes from them must touch a tag of its
     * own, in one call.
     */
    public Uni<Cached> derive(K key, Supplier<Uni<Viewed<V>>> loader) {
        return get(key, true, loader);
    }

    private Uni<Cached> get(K key, boolean isDerived, Supplier<Uni<Viewed<V>>> loader) {
        if (!isEnabled) {
            return loader.get().chain(this::uncached);
        }
        String text = spec.name() + ":" + spec.keys().apply(key);
        Load<CachedBody> load = new ViewLoad(key, isDerived, loader);
        Supplier<Read<CachedBody>> memory = () -> core.peek(region, text, load);
        Read<CachedBody> read = memory.get();
        return read != null
                ? Uni.createFrom().item(read).map(found -> cached(found, memory))
                : EventLoops.backToCaller(Uni.createFrom().completionStage(() -> core.get(region, text, load)))
                        .map(found -> cached(found, memory));
    }

    /** The view itself, read from the answer's bytes: for who {@link #derive derives} another answer from it. */
    public Uni<Viewed<V>> view(K key, Class<V> type, Supplier<Uni<V>> loader) {
        return get(key, loader)
                .chain(cached -> view(cached.body(), type)
                        .map(view -> new Viewed<>(view, cached.read().untilExpiry())));
    }

    private Uni<V> view(CachedBody body, Class<V> type) {
        V kept = type.cast(body.view());
        return kept == null
                ? render(body.json(), () -> read(body, type))
                : Uni.createFrom().item(kept);
    }

    private V read(CachedBody body, Class<V> type) {
        V view = entityTags.view(body.json(), type);
        body.keep(view);
        return view;
    }

    /** As {@link #view(Object, Class, Supplier)}, of a view that has parameters; nothing is derived from it. */
    public Uni<V> view(K key, TypeReference<V> type, Supplier<Uni<V>> loader) {
        return get(key, loader).map(cached -> entityTags.view(cached.body().json(), type));
    }

    /**
     * Lets popular entries be read anew after a start.
     *
     * @param parse reads a key back from its text; throws anything where it is none
     */
    public void warmedBy(Function<String, K> parse, Function<K, Uni<V>> loader) {
        warmer = text -> parsed(parse, text).map(key -> get(key, () -> loader.apply(key)));
    }

    private Optional<K> parsed(Function<String, K> parse, String text) {
        try {
            K key = parse.apply(text);
            return spec.keys().apply(key).equals(text) ? Optional.of(key) : Optional.empty();
        } catch (RuntimeException e) {
            return Optional.empty();
        }
    }

    /** The read of a key, empty where it is not this cache's or cannot be read back. */
    Optional<Uni<Cached>> warm(String key) {
        String prefix = spec.name() + ":";
        return key.startsWith(prefix) ? warmer.apply(key.substring(prefix.length())) : Optional.empty();
    }

    private Uni<Cached> uncached(Viewed<V> viewed) {
        return body(viewed.view()).map(body -> cached(new Read<>(body, Read.Source.BYPASS, Long.MAX_VALUE), null));
    }

    private Cached cached(Read<CachedBody> read, Supplier<Read<CachedBody>> memory) {
        if (read.value() == null) {
            throw spec.absent().get();
        }
        return new Cached(read.value(), read, spec.reuse(), null, memory);
    }

    /** Null for null. */
    private Uni<CachedBody> body(V view) {
        if (view == null) {
            return Uni.createFrom().nullItem();
        }
        byte[] json = entityTags.json(view);
        return render(json, () -> body(view, json));
    }

    private CachedBody body(V view, byte[] json) {
        if (!spec.isSent()) {
            return CachedBody.ofView(view, json);
        }
        return spec.end().isEmpty()
                ? CachedBody.of(json)
                : CachedBody.withEnd(spec.end().length(), json);
    }

    /** To compress or to read what is large takes too long for an event loop. */
    private <T> Uni<T> render(byte[] json, Supplier<T> work) {
        return json.length < LARGE ? Uni.createFrom().item(work) : workers.run(work::get);
    }

    private final class ViewLoad implements Load<CachedBody> {

        private final K key;
        private final boolean isDerived;
        private final Supplier<Uni<Viewed<V>>> loader;

        ViewLoad(K key, boolean isDerived, Supplier<Uni<Viewed<V>>> loader) {
            this.key = key;
            this.isDerived = isDerived;
            this.loader = loader;
        }

        @Override
        public Tags tags() {
            return Tags.of(spec.tags().apply(key));
        }

        @Override
        public boolean isDerived() {
            return isDerived;
        }

        @Override
        public CompletionStage<Loaded<CachedBody>> run() {
            return EventLoops.onOwnContext(vertx, () -> loader.get().chain(this::loaded))
                    .subscribeAsCompletionStage();
        }

        private Uni<Loaded<CachedBody>> loaded(Viewed<V> viewed) {
            V view = viewed.view();
            Tags tags = view == null ? tags() : tags().and(spec.viewTags().apply(view));
            return body(view).map(body -> new Loaded<>(body, tags, viewed.untilExpiry()));
        }
    }
}
