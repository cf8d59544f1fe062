package dev.stagedoor.availability;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.IntStream;

/** Group events for tests of calendar files. */
final class CalendarEntries {

    static final Instant STAMP = Instant.parse("2023-06-01T12:34:56Z");

    private CalendarEntries() {}

    static CalendarEntry saying(String title, String description) {
        Instant start = Instant.parse("2026-12-07T09:00:00Z");
        return entry(title, description, ZoneOffset.UTC, start, start.plusSeconds(3600));
    }

    static CalendarEntry lasting(ZoneId zone, Instant start, Duration duration) {
        return entry("Rehearsal", "", zone, start, start.plus(duration));
    }

    private static CalendarEntry entry(String title, String description, ZoneId zone, Instant start, Instant end) {
        return new CalendarEntry("7@stagedoor", 3, STAMP, title, description, zone, start, end, false, false, false);
    }

    static CalendarEntry weekly(ZoneId zone, Instant start, Duration duration) {
        return new CalendarEntry(
                "7@stagedoor", 3, STAMP, "Rehearsal", "", zone, start, start.plus(duration), false, true, false);
    }

    static CalendarEntry wholeDays(ZoneId zone, Instant start, Instant end) {
        return new CalendarEntry("7@stagedoor", 3, STAMP, "Festival", "", zone, start, end, true, false, false);
    }

    static CalendarEntry wholeDays(ZoneId zone, LocalDate first, LocalDate dayAfter) {
        return wholeDays(
                zone,
                first.atStartOfDay(zone).toInstant(),
                dayAfter.atStartOfDay(zone).toInstant());
    }

    static CalendarEntry canceled(CalendarEntry entry) {
        return new CalendarEntry(
                entry.uid(),
                entry.sequence() + 1,
                entry.stamp(),
                entry.title(),
                entry.description(),
                entry.zone(),
                entry.start(),
                entry.end(),
                entry.isWholeDays(),
                entry.isWeekly(),
                true);
    }

    /** When a weekly one begins, by wall clock. */
    static List<Instant> starts(CalendarEntry weekly, int count) {
        LocalDateTime first = LocalDateTime.ofInstant(weekly.start(), weekly.zone());
        return IntStream.range(0, count)
                .mapToObj(week -> first.plusWeeks(week).atZone(weekly.zone()).toInstant())
                .toList();
    }
}
