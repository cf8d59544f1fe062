package dev.stagedoor.platform.lifecycle;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** Starting. */
@ConfigMapping(prefix = "stagedoor.startup")
interface StartupConfig {

    /** Whether the start-up tasks run; the commands other than serve do what they need themselves. */
    @WithDefault("true")
    boolean tasks();
}
