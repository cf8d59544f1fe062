package dev.stagedoor.availability;

import dev.stagedoor.platform.time.WallClock;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.time.zone.ZoneRules;
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

    /** In order. */
    List<LocalDate> days() {
        LocalDate monday = week == null ? ANY_WEEK : week;
        return dates.isEmpty()
                ? weekdays.stream()
                        .map(day -> monday.plusDays(day.getValue() - 1L))
                        .toList()
                : dates;
    }

    /** A time of any week on those of these days that are of its weekday, where clocks show it then. */
    List<Slot> on(List<LocalDate> days, Slot ofAnyWeek) {
        LocalDateTime start = local(ofAnyWeek.start());
        Duration length = Duration.between(ofAnyWeek.start(), ofAnyWeek.end());
        return days.stream()
                .filter(day -> day.getDayOfWeek() == start.getDayOfWeek())
                .map(day -> day.atTime(start.toLocalTime()))
                .map(begin -> new Slot(WallClock.begin(begin, zone), WallClock.end(begin.plus(length), zone)))
                .filter(slot -> slot.start().isBefore(slot.end()))
                .toList();
    }

    /**
     * When a time of any week comes for the first time after a moment, by the clocks of the zone; not in a week in which clocks
     * change in it: all that follow last as long as the first one.
     */
    Slot firstSince(Slot ofAnyWeek, Instant moment) {
        LocalDateTime start = local(ofAnyWeek.start());
        LocalDateTime end = local(ofAnyWeek.end());
        long weeks = ChronoUnit.WEEKS.between(start, LocalDateTime.ofInstant(moment, zone)) + 1;
        while (changesWithin(start.plusWeeks(weeks), end.plusWeeks(weeks))) {
            weeks++;
        }
        return new Slot(WallClock.begin(start.plusWeeks(weeks), zone), WallClock.end(end.plusWeeks(weeks), zone));
    }

    private boolean changesWithin(LocalDateTime start, LocalDateTime end) {
        ZoneRules rules = zone.getRules();
        boolean areShownOnce = rules.getValidOffsets(start).size() == 1
                && rules.getValidOffsets(end).size() == 1;
        return !areShownOnce || !rules.getOffset(start).equals(rules.getOffset(end));
    }

    private static LocalDateTime local(Instant ofAnyWeek) {
        return LocalDateTime.ofInstant(ofAnyWeek, ZoneOffset.UTC);
    }
}
