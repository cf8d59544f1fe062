package dev.stagedoor.creator;

import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.List;
import org.eclipse.microprofile.graphql.NonNull;
import org.eclipse.microprofile.graphql.Type;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Hours of one date, instead of those of its day of the week; as they are asked for, too. */
@RegisterForReflection
@Schema(name = "DateHours")
@Type("DateHours")
public record DateHoursView(
        @Schema(required = true, format = "date", examples = "2026-12-24") @NotNull @NonNull
        String date,

        @Schema(description = "None where it is closed") @Size(max = MAX_HOURS) @NonNull
        List<@NotNull @Valid @NonNull HoursView> hours) {

    private static final int MAX_HOURS = 20;

    public DateHoursView {
        hours = hours == null ? List.of() : hours;
    }

    static DateHoursView of(DateHours exception) {
        return new DateHoursView(
                exception.date().toString(),
                exception.hours().stream().map(HoursView::of).toList());
    }
}
