package dev.stagedoor.cache;

import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * The view that an answer shows, for as long as the answer counts.
 *
 * @param view null where there is none
 * @param untilExpiry nanoseconds; negative where it is served stale
 */
public record Viewed<V>(V view, long untilExpiry) {

    /** What is made of this view alone. */
    public <R> Viewed<R> map(Function<V, R> make) {
        return new Viewed<>(make.apply(view), untilExpiry);
    }

    /** What is made of both: it expires with the first of them. */
    public <W, R> Viewed<R> and(Viewed<W> other, BiFunction<V, W, R> make) {
        return new Viewed<>(make.apply(view, other.view), Math.min(untilExpiry, other.untilExpiry));
    }
}
