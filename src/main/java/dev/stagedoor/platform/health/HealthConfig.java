package dev.stagedoor.platform.health;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** What the service says of itself. */
@ConfigMapping(prefix = "stagedoor.app")
interface HealthConfig {

    /** The version to report; by default that of the build. */
    @WithDefault("0.1.0")
    String version();
}
