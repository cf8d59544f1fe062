package dev.stagedoor.availability;

import dev.stagedoor.platform.time.WallClock;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;

/**
 * When an event may be, as clocks on the wall of its zone show it.
 *
 * @param dates in order; empty where it is of weekdays
 * @param weekdays in order; empty where it is of dates
 * @param week the Monday of the week that the weekdays are of; null where they are of any week
 * @param fromMinute of the day
 * @param toMinute 1440 for the end of the day
 */
@RegisterForReflection
record EventTime(
        ZoneId zone,
        List<LocalDate> dates,
        List<DayOfWeek> weekdays,
        LocalDate week,
        int fromMinute,
        int toMinute,
        int slotMinutes) {

    /** A week that no clock is changed in, for weekdays of any week. */
    private static final LocalDate ANY_WEEK = LocalDate.of(1970, 1, 5);

    /** Whether its slots are no moments, but times of some week. */
    boolean isOfAnyWeek() {
        return dates.isEmpty() && week == null;
    }

    boolean isOfWholeDays() {
        return slotMinutes == TimeGrid.WHOLE_DAY;
    }

    /** The zone whose clocks show its slots; those of any week are kept as if it were UTC. */
    ZoneId clock() {
        return isOfAnyWeek() ? ZoneOffset.UTC : zone;
    }

    /** In order. */
    List<Slot> slots() {
        return new TimeGrid(clock(), days(), fromMinute, toMinute, slotMinutes).slots();
    }

    private List<LocalDate> days() {
        LocalDate monday = week == null ? ANY_WEEK : week;
        return dates.isEmpty()
                ? weekdays.stream()
                        .map(day -> monday.plusDays(day.getValue() - 1L))
                        .toList()
                : dates;
    }

    /** When a time of any week comes for the first time after a moment, by the clocks of the zone. */
    Slot firstSince(Slot ofAnyWeek, Instant moment) {
        LocalDateTime start = LocalDateTime.ofInstant(ofAnyWeek.start(), ZoneOffset.UTC);
        LocalDateTime end = LocalDateTime.ofInstant(ofAnyWeek.end(), ZoneOffset.UTC);
        long weeks = ChronoUnit.WEEKS.between(start, LocalDateTime.ofInstant(moment, zone)) + 1;
        return new Slot(WallClock.begin(start.plusWeeks(weeks), zone), WallClock.end(end.plusWeeks(weeks), zone));
    }

    /** The same weekdays, of any week. */
    EventTime ofAnyWeek() {
        return new EventTime(zone, dates, weekdays, null, fromMinute, toMinute, slotMinutes);
    }
}
