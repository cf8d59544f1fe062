package dev.stagedoor.cache.core;

import java.util.concurrent.CompletionStage;

/** How a value is made where no level has it. */
public interface Load<V> {

    /** The tags that are known before the load: those of the key. */
    Tags tags();

    /**
     * Whether the value is made of other entries of this node. It is kept on this node alone: its sources may be older than
     * an invalidation that the second level has seen already, and there it would pass for newer.
     */
    default boolean isDerived() {
        return false;
    }

    /** Reads the value from its source; may be called on any thread. */
    CompletionStage<Loaded<V>> run();

    /**
     * What a load has read.
     *
     * @param value null where there is none
     * @param tags all of them, those of the key among them
     * @param untilExpiry nanoseconds until the first expires of what it was made of, negative where one has already
     */
    record Loaded<V>(V value, Tags tags, long untilExpiry) {

        /** What was read from its source, and expires when its cache says so. */
        public Loaded(V value, Tags tags) {
            this(value, tags, Long.MAX_VALUE);
        }
    }
}
