package dev.stagedoor.creator;

import dev.stagedoor.platform.time.WallClock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;

/**
 * When someone's time can be booked, by the clocks of their zone.
 *
 * <p>Where those are put back, hours last from the first time that a clock shows their beginning to the last time that it
 * comes to their end; where they are put forward, what clocks never show is left out.
 */
public record Schedule(ZoneId zone, List<WeeklyHours> weekly, List<DateHours> exceptions) {

    public Schedule {
        weekly = List.copyOf(weekly);
        exceptions = List.copyOf(exceptions);
    }

    /** Whether all of this time can be booked, were it free; hours that touch each other count as one. */
    public boolean covers(Instant start, Instant end) {
        Instant covered = start;
        for (Slot window : windows(start, end)) {
            if (!window.start().isAfter(covered) && window.end().isAfter(covered)) {
                covered = window.end();
            }
        }
        return start.isBefore(end) && !covered.isBefore(end);
    }

    /**
     * What is free from one moment to another, in steps of the length since the hours begin, the earliest first.
     *
     * @param limit of how many
     */
    public List<Slot> slots(Instant from, Instant to, Duration length, List<Slot> taken, int limit) {
        List<Slot> byStart =
                taken.stream().sorted(Comparator.comparing(Slot::start)).toList();
        List<Slot> free = new ArrayList<>();
        int next = 0;
        Iterator<Slot> steps = steps(from, to, length).iterator();
        while (steps.hasNext() && free.size() < limit) {
            Slot slot = steps.next();
            // What ends before this slot ends before all later ones.
            while (next < byStart.size() && !byStart.get(next).end().isAfter(slot.start())) {
                next++;
            }
            if (next == byStart.size() || !byStart.get(next).overlaps(slot)) {
                free.add(slot);
            }
        }
        return free;
    }

    /** Made as they are asked for: of many hours, mostly the first are. */
    private Stream<Slot> steps(Instant from, Instant to, Duration length) {
        return windows(from, to).stream()
                .flatMap(window -> steps(window, length))
                .filter(step -> !step.start().isBefore(from) && !step.end().isAfter(to));
    }

    private static Stream<Slot> steps(Slot window, Duration length) {
        return Stream.iterate(
                new Slot(window.start(), window.start().plus(length)),
                step -> !step.end().isAfter(window.end()),
                step -> new Slot(step.end(), step.end().plus(length)));
    }

    /** At least those that have a part in this time, the earliest first; they do not overlap. */
    private List<Slot> windows(Instant from, Instant to) {
        if (!from.isBefore(to)) {
            return List.of();
        }
        List<Slot> windows = new ArrayList<>();
        Instant free = Instant.MIN;
        for (Slot window : overlappingWindows(from, to)) {
            // Two that touch at a time which clocks show twice have that hour in common.
            Instant start = window.start().isBefore(free) ? free : window.start();
            if (start.isBefore(window.end())) {
                windows.add(new Slot(start, window.end()));
                free = window.end();
            }
        }
        return windows;
    }

    /** A day more at both ends: clocks that are put back over midnight show a date again. */
    private List<Slot> overlappingWindows(Instant from, Instant to) {
        LocalDate first = LocalDate.ofInstant(from, zone).minusDays(1);
        LocalDate last = LocalDate.ofInstant(to, zone).plusDays(1);
        return first.datesUntil(last.plusDays(1))
                .flatMap(date -> hours(date).map(hours -> window(date, hours)))
                .sorted(Comparator.comparing(Slot::start))
                .toList();
    }

    private Stream<Hours> hours(LocalDate date) {
        return exceptions.stream()
                .filter(exception -> exception.date().equals(date))
                .findFirst()
                .map(exception -> exception.hours().stream())
                .orElseGet(() -> weekly.stream()
                        .filter(hours -> hours.day() == date.getDayOfWeek())
                        .map(WeeklyHours::hours));
    }

    private Slot window(LocalDate date, Hours hours) {
        LocalDateTime midnight = date.atStartOfDay();
        return new Slot(
                WallClock.begin(midnight.plusMinutes(hours.fromMinute()), zone),
                WallClock.end(midnight.plusMinutes(hours.toMinute()), zone));
    }
}
