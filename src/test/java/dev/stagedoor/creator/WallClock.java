package dev.stagedoor.creator;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A schedule read the slow way: minute by minute, it looks at a clock on the wall. */
final class WallClock {

    private final Schedule schedule;
    private final Instant begin;
    private final int minutes;
    private final Map<LocalDate, List<Hours>> byDate = new HashMap<>();

    WallClock(Schedule schedule, Instant begin, Duration length) {
        this.schedule = schedule;
        this.begin = begin;
        this.minutes = Math.toIntExact(length.toMinutes());
    }

    /** Hours of one date. */
    private record Window(LocalDate date, Hours hours) {}

    /** Of all hours that a clock shows in this time, from the first minute to the last; by their start. */
    List<Slot> windows() {
        Map<Window, Slot> seen = new HashMap<>();
        for (int i = 0; i < minutes; i++) {
            Instant minute = begin.plusSeconds(60L * i);
            Window window = shownIn(LocalDateTime.ofInstant(minute, schedule.zone()));
            if (window != null) {
                Slot before = seen.get(window);
                seen.put(window, new Slot(before == null ? minute : before.start(), minute.plusSeconds(60)));
            }
        }
        return seen.values().stream().sorted(Comparator.comparing(Slot::start)).toList();
    }

    /** Null where this minute is in no hours; those of a date do not overlap. */
    private Window shownIn(LocalDateTime shown) {
        int minute = shown.getHour() * 60 + shown.getMinute();
        for (Hours hours : byDate.computeIfAbsent(shown.toLocalDate(), this::hours)) {
            if (hours.fromMinute() <= minute && minute < hours.toMinute()) {
                return new Window(shown.toLocalDate(), hours);
            }
        }
        return null;
    }

    private List<Hours> hours(LocalDate date) {
        for (DateHours exception : schedule.exceptions()) {
            if (exception.date().equals(date)) {
                return exception.hours();
            }
        }
        return schedule.weekly().stream()
                .filter(weekly -> weekly.day() == date.getDayOfWeek())
                .map(WeeklyHours::hours)
                .toList();
    }

    /** Whether each minute can be booked. */
    boolean[] open(List<Slot> windows) {
        boolean[] open = new boolean[minutes];
        for (Slot window : windows) {
            for (int i = minute(window.start()); i < minute(window.end()); i++) {
                open[i] = true;
            }
        }
        return open;
    }

    int minute(Instant time) {
        return Math.toIntExact(Duration.between(begin, time).toMinutes());
    }
}
