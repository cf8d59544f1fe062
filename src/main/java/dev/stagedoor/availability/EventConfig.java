package dev.stagedoor.availability;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Min;
import java.time.Duration;

/** Group events. */
@ConfigMapping(prefix = "stagedoor.events")
interface EventConfig {

    /** How long an event is kept after its last slot; one of any week, after what it asks has last changed. */
    @WithDefault("90d")
    Duration keepFor();

    /** How often in an hour one address makes events without being signed in. */
    @WithDefault("600")
    @Min(1)
    int createsPerAddress();

    /** How often in a minute one address asks for events that there are not. */
    @WithDefault("60")
    @Min(1)
    int missesPerAddress();
}
