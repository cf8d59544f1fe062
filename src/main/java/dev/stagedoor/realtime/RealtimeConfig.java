package dev.stagedoor.realtime;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Settings of what reaches clients by itself. */
@ConfigMapping(prefix = "stagedoor.realtime")
interface RealtimeConfig {

    /** How long events are kept for who missed them. */
    @WithDefault("10m")
    Duration replayWindow();

    /** How many events of a topic Redis keeps for who missed them. */
    @WithDefault("10000")
    int replayEvents();

    /** How long Redis may take before events go through PostgreSQL. */
    @WithDefault("500ms")
    Duration redisTimeout();

    /** How many WebSockets and streams of events this process takes at the same time. */
    @WithDefault("100000")
    int maxConnections();

    /** After SIGTERM, over how long connections are closed, one after the other. */
    @WithDefault("20s")
    Duration drainWindow();
}
