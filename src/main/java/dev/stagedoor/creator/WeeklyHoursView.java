package dev.stagedoor.creator;

import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import java.util.Locale;
import org.eclipse.microprofile.graphql.NonNull;
import org.eclipse.microprofile.graphql.Type;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Hours of each day of this name, by the clock on the wall; as they are asked for, too. */
@RegisterForReflection
@Schema(name = "WeeklyHours")
@Type("WeeklyHours")
public record WeeklyHoursView(
        @Schema(
                required = true,
                enumeration = {"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"})
        @NotNull
        @Pattern(regexp = DAY, message = "must be a day of the week, such as 'monday'")
        @NonNull
        String day,

        @Schema(required = true, examples = "09:00")
        @NotNull
        @Pattern(regexp = HoursView.TIME, message = HoursView.NO_TIME)
        @NonNull
        String from,

        @Schema(required = true, examples = "17:00", description = "24:00 at the end of the day")
        @NotNull
        @Pattern(regexp = HoursView.END, message = HoursView.NO_TIME)
        @NonNull
        String to) {

    static final String DAY = "(mon|tues|wednes|thurs|fri|satur|sun)day";

    static WeeklyHoursView of(WeeklyHours weekly) {
        return new WeeklyHoursView(
                weekly.day().name().toLowerCase(Locale.ROOT),
                Hours.clock(weekly.hours().fromMinute()),
                Hours.clock(weekly.hours().toMinute()));
    }

    HoursView hours() {
        return new HoursView(from, to);
    }
}
