package dev.stagedoor.creator;

import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import org.eclipse.microprofile.graphql.NonNull;
import org.eclipse.microprofile.graphql.Type;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Hours of one date, by the clock on the wall; as they are asked for, too. */
@RegisterForReflection
@Schema(name = "Hours")
@Type("Hours")
public record HoursView(
        @Schema(required = true, examples = "09:00") @NotNull @Pattern(regexp = TIME, message = NO_TIME) @NonNull
        String from,

        @Schema(required = true, examples = "17:00", description = "24:00 at the end of the day")
        @NotNull
        @Pattern(regexp = END, message = NO_TIME)
        @NonNull
        String to) {

    static final String TIME = "([01][0-9]|2[0-3]):[0-5][0-9]";
    static final String END = TIME + "|24:00";
    static final String NO_TIME = "must be a time such as '09:00'";

    static HoursView of(Hours hours) {
        return new HoursView(Hours.clock(hours.fromMinute()), Hours.clock(hours.toMinute()));
    }
}
