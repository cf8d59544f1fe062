package dev.stagedoor.platform.embedded;

import io.quarkus.arc.Unremovable;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** The embedded servers; the main class reads this before there is a configuration. */
@Unremovable
@ConfigMapping(prefix = "stagedoor.embedded")
interface EmbeddedConfig {

    /** Where the embedded servers keep their data. */
    @WithDefault(".stagedoor")
    String folder();
}
