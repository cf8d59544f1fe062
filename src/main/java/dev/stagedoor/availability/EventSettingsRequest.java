package dev.stagedoor.availability;

import dev.stagedoor.platform.http.PlainText;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What a group event is to ask; either {@code dates} or {@code weekdays} say its days. */
record EventSettingsRequest(
        @Schema(required = true, examples = "Read-through") @NotNull @PlainText(max = 200)
        String title,

        @Schema(examples = "Bring the second draft") @PlainText(min = 0, max = 5000, multiline = true)
        String description,

        @Schema(required = true, description = "IANA", examples = "Europe/Lisbon") @NotNull
        String timeZone,

        @Schema(examples = "[\"2026-12-07\"]") @Size(max = 366)
        List<@NotNull String> dates,

        @Schema(examples = "[\"monday\"]") @Size(max = 7) List<@NotNull String> weekdays,

        @Schema(
                description = "The ISO week that the weekdays are of; where it is absent, they are of any week",
                examples = "2026-W50")
        String week,

        @Schema(description = "By the clocks of the zone", defaultValue = "00:00", examples = "09:00")
        String from,

        @Schema(defaultValue = "24:00", examples = "17:00") String to,

        @Schema(required = true, description = "5, 10, 15, 30, 60, or 1440 for whole days", examples = "30") @NotNull
        Integer slotMinutes,

        @Schema(
                description = "After it, nobody answers any more",
                format = "date-time",
                examples = "2026-12-01T12:00:00Z")
        String deadline,

        @Schema(defaultValue = "100") @Min(1) @Max(500) Integer maxParticipants,

        @Schema(description = "Whether who has not answered does not see what others have", defaultValue = "false")
        Boolean blind,

        @Schema(description = "Whether the organizer alone sees names", defaultValue = "false")
        Boolean hideNames,

        @Schema(description = "Whether someone may say that they can if it must be", defaultValue = "true")
        Boolean allowIfNeeded,

        @Schema(description = "Whether everyone who takes part may say when it will be", defaultValue = "false")
        Boolean participantsFinalize) {

    private static final int USUAL_PARTICIPANTS = 100;

    EventSettingsRequest {
        description = description == null ? "" : description;
        dates = dates == null ? List.of() : dates;
        weekdays = weekdays == null ? List.of() : weekdays;
        from = from == null ? "00:00" : from;
        to = to == null ? "24:00" : to;
        maxParticipants = maxParticipants == null ? USUAL_PARTICIPANTS : maxParticipants;
        blind = Boolean.TRUE.equals(blind);
        hideNames = Boolean.TRUE.equals(hideNames);
        allowIfNeeded = allowIfNeeded == null || allowIfNeeded;
        participantsFinalize = Boolean.TRUE.equals(participantsFinalize);
    }
}
