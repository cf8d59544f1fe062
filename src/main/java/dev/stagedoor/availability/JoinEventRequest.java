package dev.stagedoor.availability;

import dev.stagedoor.platform.http.PlainText;
import jakarta.validation.constraints.NotNull;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

record JoinEventRequest(
        @Schema(required = true, examples = "Ada") @NotNull @PlainText(max = 80)
        String name,

        @Schema(
                description = "IANA; by whose clocks they work, that of the event where it is absent",
                examples = "America/New_York")
        String timeZone) {}
