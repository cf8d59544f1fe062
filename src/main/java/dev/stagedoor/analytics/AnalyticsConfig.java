package dev.stagedoor.analytics;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Settings of samples and of what is made of them. */
@ConfigMapping(prefix = "stagedoor.analytics")
public interface AnalyticsConfig {

    /** For how long a number of viewers holds where no other follows; the same on every node. */
    @WithDefault("5m")
    Duration silence();

    /** For how long samples are kept at least, and whole months of them until all are older. */
    @WithDefault("14d")
    Duration rawRetention();

    /** How late samples may be; they are kept as long, since sums are corrected by those around. */
    @WithDefault("30d")
    Duration maxLateness();

    /** Samples that may wait to be stored; beyond, requests are refused with 503. */
    @WithDefault("100000")
    int maxWaitingSamples();
}
