package dev.stagedoor.analytics;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;

/** Settings of samples and of what is made of them. */
@ConfigMapping(prefix = "stagedoor.analytics")
public interface AnalyticsConfig {

    /** For how long a number of viewers holds where no other follows; the same on every node. */
    @WithDefault("5m")
    @DurationMin(seconds = 1)
    Duration silence();

    /** For how long samples are kept at least, and whole months of them until all are older. */
    @WithDefault("14d")
    Duration rawRetention();

    /** How late samples may be; they are kept as long, since sums are corrected by those around. */
    @WithDefault("30d")
    Duration maxLateness();

    /** Samples that may wait to be stored; beyond, requests are refused with 503. A batch may have the weight of most of these. */
    @WithDefault("100000")
    @Min(60_000)
    int maxWaitingSamples();
}
