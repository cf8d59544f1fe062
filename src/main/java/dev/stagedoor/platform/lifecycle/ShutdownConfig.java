package dev.stagedoor.platform.lifecycle;

import io.quarkus.arc.Unremovable;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Stopping; Quarkus reads these through its own names, see application.properties. */
@Unremovable
@ConfigMapping(prefix = "stagedoor.shutdown")
interface ShutdownConfig {

    /** After SIGTERM, how long requests are still taken while readiness already says no. */
    @WithDefault("5s")
    Duration delay();

    /** After the delay, how long requests in flight may take to finish. */
    @WithDefault("20s")
    Duration timeout();
}
