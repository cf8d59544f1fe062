package dev.stagedoor.platform.metrics;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** What is said of performance beside the metrics. */
@ConfigMapping(prefix = "stagedoor.monitoring")
public interface MonitoringConfig {

    /** Whether the monitor is there, and requests are logged. */
    @WithDefault("true")
    boolean enabled();

    /** Requests that take as long are logged as slow; others at debug level. */
    @WithDefault("1s")
    Duration slowAfter();
}
