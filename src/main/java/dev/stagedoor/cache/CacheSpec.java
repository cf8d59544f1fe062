package dev.stagedoor.cache;

import dev.stagedoor.platform.http.ApiException;
import java.time.Duration;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * What a named cache is.
 *
 * @param name of its TTL setting ({@code stagedoor.cache.ttl.<name>}) and in metrics
 * @param keys the rest of an entry's key, unique within the cache, without spaces
 * @param tags what an entry depends on as far as its key tells, see {@link Caches#invalidate}
 * @param viewTags what it depends on besides, by what was loaded
 * @param absent the refusal where the loader emits null; it is remembered for a short time
 * @param reuse how long a client that wants to save data (Save-Data, ECT) may use an answer again without asking
 * @param isSent false where nothing but {@link NamedCache#view views} is taken, which are kept ready then
 * @param end what every answer ends with, in ASCII, for {@link Cached#endingWith another end} to replace it; empty for none
 */
public record CacheSpec<K, V>(
        String name,
        Function<K, String> keys,
        Function<K, Set<String>> tags,
        Function<V, Set<String>> viewTags,
        Supplier<ApiException> absent,
        Duration reuse,
        boolean isSent,
        String end) {

    /** Of answers that are sent as they are. */
    public CacheSpec(
            String name,
            Function<K, String> keys,
            Function<K, Set<String>> tags,
            Function<V, Set<String>> viewTags,
            Supplier<ApiException> absent,
            Duration reuse) {
        this(name, keys, tags, viewTags, absent, reuse, true, "");
    }

    /** The same for views alone, which are immutable. */
    public CacheSpec<K, V> ofViews() {
        return new CacheSpec<>(name, keys, tags, viewTags, absent, reuse, false, "");
    }

    /** The same of {@link NamedCache#derive derived} answers that begin alike and end differently. */
    public CacheSpec<K, V> endingWith(String commonEnd) {
        return new CacheSpec<>(name, keys, tags, viewTags, absent, reuse, true, commonEnd);
    }
}
