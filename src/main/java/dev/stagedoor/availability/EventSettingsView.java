package dev.stagedoor.availability;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * What an event asks, as who wants to change it sends it back.
 *
 * @param dates null where it is of weekdays
 * @param weekdays null where it is of dates
 * @param week null where the weekdays are of any week, and where it is of dates
 */
@RegisterForReflection
@Schema(name = "GroupEventSettings")
record EventSettingsView(
        @Schema(required = true, examples = "Read-through") String title,
        @Schema(required = true) String description,
        @Schema(required = true, examples = "Europe/Lisbon") String timeZone,
        @Schema(required = true, nullable = true) List<LocalDate> dates,

        @Schema(required = true, nullable = true, examples = "[\"monday\"]")
        List<String> weekdays,

        @Schema(required = true, nullable = true, examples = "2026-W50")
        String week,

        @Schema(required = true, examples = "09:00") String from,
        @Schema(required = true, examples = "17:00") String to,
        @Schema(required = true, examples = "30") int slotMinutes,
        @Schema(required = true, nullable = true) Instant deadline,
        @Schema(required = true, examples = "100") int maxParticipants,
        @Schema(required = true) boolean blind,
        @Schema(required = true) boolean hideNames,
        @Schema(required = true) boolean allowIfNeeded,
        @Schema(required = true) boolean participantsFinalize) {

    static EventSettingsView of(GroupEvent event) {
        EventSettings settings = event.settings();
        EventTime time = settings.time();
        boolean isOfDates = !time.dates().isEmpty();
        return new EventSettingsView(
                settings.title(),
                settings.description(),
                time.zone().getId(),
                isOfDates ? time.dates() : null,
                isOfDates ? null : time.weekdays().stream().map(Weekdays::name).toList(),
                SlotForm.week(time.week()),
                SlotForm.clock(time.fromMinute()),
                SlotForm.clock(time.toMinute()),
                time.slotMinutes(),
                settings.deadline(),
                settings.maxParticipants(),
                settings.isBlind(),
                settings.hidesNames(),
                settings.allowsIfNeeded(),
                settings.participantsFinalize());
    }
}
