package dev.stagedoor.creator;

import java.time.LocalDate;
import java.util.List;

/** Hours of one date, instead of those of its day of the week; none where it is closed. */
public record DateHours(LocalDate date, List<Hours> hours) {

    public DateHours {
        hours = List.copyOf(hours);
    }
}
