package dev.stagedoor.availability;

import dev.stagedoor.platform.time.WallClock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;

/**
 * The time of an event by the clocks of its zone: the same hours of some dates. Each day's slots follow one another from the
 * moment in which its hours begin, all of the same length; what is left at the end is none. Where clocks change, a day has
 * as many slots more or fewer.
 *
 * @param dates in order
 * @param fromMinute of the day, as a clock shows it
 * @param toMinute 1440 for the end of the day
 * @param slotMinutes {@link #WHOLE_DAY} where each date is one slot, however long
 */
record TimeGrid(ZoneId zone, List<LocalDate> dates, int fromMinute, int toMinute, int slotMinutes) {

    static final int WHOLE_DAY = 1_440;

    TimeGrid {
        dates = List.copyOf(dates);
    }

    /** In order; those of one day touch each other. */
    List<Slot> slots() {
        List<Slot> slots = new ArrayList<>();
        dates.forEach(date -> addSlots(slots, date.atStartOfDay()));
        return slots;
    }

    private void addSlots(List<Slot> slots, LocalDateTime midnight) {
        Instant begin = WallClock.begin(midnight.plusMinutes(fromMinute), zone);
        Instant end = WallClock.end(midnight.plusMinutes(toMinute), zone);
        if (slotMinutes == WHOLE_DAY) {
            slots.add(new Slot(begin, end));
            return;
        }
        Duration length = Duration.ofMinutes(slotMinutes);
        Instant start = notBeforeLast(slots, begin);
        while (!start.plus(length).isAfter(end)) {
            slots.add(new Slot(start, start.plus(length)));
            start = start.plus(length);
        }
    }

    /** Clocks that are put back over midnight show the end of a day again on the next one. */
    private static Instant notBeforeLast(List<Slot> slots, Instant begin) {
        Instant last = slots.isEmpty() ? begin : slots.get(slots.size() - 1).end();
        return begin.isBefore(last) ? last : begin;
    }
}
