package dev.stagedoor.availability;

import java.time.DayOfWeek;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** Days of the week, as they are written. */
final class Weekdays {

    private Weekdays() {}

    /** As in {@code monday}. */
    static String name(DayOfWeek day) {
        return day.name().toLowerCase(Locale.ROOT);
    }

    static Optional<DayOfWeek> parse(String name) {
        return Stream.of(DayOfWeek.values())
                .filter(day -> name(day).equals(name))
                .findFirst();
    }
}
