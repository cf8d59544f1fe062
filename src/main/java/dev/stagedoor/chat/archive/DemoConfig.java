package dev.stagedoor.chat.archive;

import io.smallrye.config.ConfigMapping;
import java.util.Optional;

/** The demo; set by the demo profile. */
@ConfigMapping(prefix = "stagedoor.demo")
interface DemoConfig {

    /** Who looks around in the demo; without a name there is no demo. */
    Optional<String> username();

    /** The password of the demo, which is shown at start. */
    Optional<String> password();
}
