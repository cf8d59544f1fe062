package dev.stagedoor.creator.session;

import dev.stagedoor.platform.http.AskedTime;
import jakarta.validation.constraints.NotNull;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

record RescheduleRequest(
        @Schema(
                required = true,
                format = "date-time",
                description = "A whole minute; the session's own time counts as free")
        @NotNull
        String startsAt) {

    /** Fails with 400 for what is no time. */
    Instant start() {
        return AskedTime.instant("startsAt", startsAt);
    }
}
