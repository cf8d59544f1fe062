package dev.stagedoor.availability;

import dev.stagedoor.availability.GroupEventView.SlotView;
import dev.stagedoor.availability.GroupEventView.TimeView;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.IsoFields;
import java.util.List;
import java.util.Locale;

/** How times of an event are written: as moments, or those of any week by day and clock. */
final class SlotForm {

    private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT);
    private static final DateTimeFormatter MOMENT =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ssXXX", Locale.ROOT);
    private static final int MINUTES_OF_HOUR = 60;

    private final List<Slot> slots;
    private final boolean isOfAnyWeek;
    private final ZoneId zone;

    /** @param zone in which moments are written; null for UTC */
    SlotForm(EventTime time, List<Slot> slots, ZoneId zone) {
        this.slots = slots;
        this.isOfAnyWeek = time.isOfAnyWeek();
        this.zone = zone == null ? ZoneOffset.UTC : zone;
    }

    List<SlotView> all() {
        return slots.stream()
                .map(slot -> new SlotView(day(slot), start(slot), end(slot)))
                .toList();
    }

    /** From one slot on so many. */
    TimeView time(int first, int count) {
        Slot begin = slots.get(first);
        return new TimeView(day(begin), start(begin), end(slots.get(first + count - 1)), first, count);
    }

    private String day(Slot slot) {
        return isOfAnyWeek ? Weekdays.name(utc(slot.start()).getDayOfWeek()) : null;
    }

    private String start(Slot slot) {
        return isOfAnyWeek ? CLOCK.format(utc(slot.start())) : moment(slot.start());
    }

    private String end(Slot slot) {
        if (!isOfAnyWeek) {
            return moment(slot.end());
        }
        String end = CLOCK.format(utc(slot.end()));
        return end.equals("00:00") ? "24:00" : end;
    }

    private String moment(Instant moment) {
        return MOMENT.format(moment.atZone(zone));
    }

    private static OffsetDateTime utc(Instant moment) {
        return moment.atOffset(ZoneOffset.UTC);
    }

    /** As in {@code 09:00}. */
    static String clock(int minuteOfDay) {
        return String.format(Locale.ROOT, "%02d:%02d", minuteOfDay / MINUTES_OF_HOUR, minuteOfDay % MINUTES_OF_HOUR);
    }

    /** As in {@code 2026-W50}; null where the week is. */
    static String week(LocalDate monday) {
        return monday == null
                ? null
                : String.format(
                        Locale.ROOT,
                        "%04d-W%02d",
                        monday.get(IsoFields.WEEK_BASED_YEAR),
                        monday.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR));
    }
}
