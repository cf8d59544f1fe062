package dev.stagedoor.creator.session;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;

/** Booking, and what is paid back. */
@ConfigMapping(prefix = "stagedoor.sessions")
interface SessionConfig {

    /** How long booked time is kept until it is confirmed. */
    @WithDefault("5m")
    Duration holdTtl();

    /** Until this long before its beginning, who has booked a session cancels it for nothing. */
    @WithDefault("24h")
    Duration freeCancellation();

    /** What of the price is paid back to who cancels later than that, but before the beginning, in percent. */
    @WithDefault("50")
    @Min(0)
    @Max(100)
    int lateRefundPercent();

    /** How long before its beginning a session may be started; by default at any time, if both agree to begin early. */
    @WithDefault("3650d")
    Duration earlyStart();

    /** How long after its beginning each side may say that the other did not come. */
    @WithDefault("10m")
    Duration noShowAfter();

    /** How far ahead a session may begin. */
    @WithDefault("366d")
    Duration horizon();

    /** How long after its end a session is settled by itself: one in progress as completed, any other one as expired. */
    @WithDefault("24h")
    Duration settleAfter();
}
