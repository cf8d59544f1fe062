package dev.stagedoor.bench;

import dev.stagedoor.cache.MixedLoad;
import dev.stagedoor.cache.MixedLoad.Result;
import java.util.List;
import java.util.Locale;

/** The cache by itself, on three nodes in this process over one Redis. */
final class CacheMix {

    private static final String NONE = "–";

    private final Installation installation;

    CacheMix(Installation installation) {
        this.installation = installation;
    }

    List<String[]> measure() {
        Benchmarks.progress("Reading and writing through three nodes' caches");
        Result result = MixedLoad.run(installation.redisUrl());
        return List.of(
                row("cache, 3 nodes, Zipf(0.9) over 100,000 keys, 5 % writes: hits", "%.1f %%", 100 * result.hitRate()),
                row("– stale reads", "%,.0f", result.staleReads()),
                row("– reads that were checked", "%,.0f", result.reads()),
                row("– a write is seen on the other nodes after, p50, ms", "%.2f", result.delayP50Millis()),
                row("– the same, p99, ms", "%.2f", result.delayP99Millis()));
    }

    private static String[] row(String what, String format, double figure) {
        return new String[] {what, NONE, String.format(Locale.ROOT, format, figure), NONE, NONE};
    }
}
