package dev.stagedoor.cache.core;

import java.util.concurrent.CompletionStage;

/**
 * The store that all nodes share. It may be slow or away: nothing here fails or takes longer than its own limit, it
 * answers {@link Unusable} instead.
 */
public interface SecondLevel<V> {

    /** What the store says of a key. */
    sealed interface Answer<V> {}

    /** An entry of which no tag was touched since it was loaded. */
    record Hit<V>(Stored<V> stored) implements Answer<V> {}

    /** Nothing; the asker is the one to load it, until the lease ends. */
    record Leased<V>(Lease lease) implements Answer<V> {}

    /** Nothing; another node loads it. */
    record Busy<V>() implements Answer<V> {}

    /** The store does not answer. */
    record Unusable<V>() implements Answer<V> {}

    /**
     * The right to load a key.
     *
     * @param token tells this lease from later ones
     * @param notedAt the store's clock at the lease, before the load
     */
    record Lease(String key, String token, long notedAt) {}

    /**
     * Asks for an entry, or for the right to load it.
     *
     * @param maxAge nanoseconds; what is older counts as absent
     * @param lease nanoseconds after which the right to load is another's
     */
    CompletionStage<Answer<V>> find(String key, long maxAge, long lease);

    /** Keeps what was loaded under the lease, and ends that. */
    void store(Lease lease, Stored<V> stored);

    /** Ends a lease without a value. */
    void release(Lease lease);

    /**
     * Invalidates on every node. Completes when it is done, or when it is certain that {@link #find} answers
     * {@link Unusable} until it is.
     */
    CompletionStage<Void> touch(Tags tags);

    /** Invalidates everything, as {@link #touch} does. */
    CompletionStage<Void> touchAll();

    /** When, on the core's clock, this node had last received every invalidation that there was. */
    long confirmedAt();
}
