package dev.stagedoor.chat;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Min;

/** Settings of chat. */
@ConfigMapping(prefix = "stagedoor.chat")
interface ChatConfig {

    /** How often someone may write, in the long run. */
    @WithDefault("10")
    @Min(1)
    int writesPerSecond();

    /** How often at once. */
    @WithDefault("20")
    @Min(1)
    int writesAtOnce();
}
