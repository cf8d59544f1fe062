package dev.stagedoor.creator.session;

import dev.stagedoor.platform.http.AskedTime;
import jakarta.validation.constraints.NotNull;
import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

record BookSessionRequest(
        @Schema(required = true) @NotNull UUID creatorId,

        @Schema(
                required = true,
                format = "date-time",
                description = "A whole minute; the beginning of a free slot, or between them")
        @NotNull
        String startsAt) {

    /** Fails with 400 for what is no time. */
    Instant start() {
        return AskedTime.instant("startsAt", startsAt);
    }
}
