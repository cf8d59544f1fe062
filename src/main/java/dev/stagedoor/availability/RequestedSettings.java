package dev.stagedoor.availability;

import dev.stagedoor.platform.http.ApiException;
import dev.stagedoor.platform.http.AskedTime;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Reads what an event is to ask; refuses what cannot be by the names of its fields. */
final class RequestedSettings {

    private static final Set<Integer> SLOT_MINUTES = Set.of(5, 10, 15, 30, 60, TimeGrid.WHOLE_DAY);
    private static final String DATE = "[0-9]{4}-[0-9]{2}-[0-9]{2}";
    private static final String WEEK = "[0-9]{4}-W[0-9]{2}";
    private static final String TIME = "([01][0-9]|2[0-3]):[0-5][0-9]|24:00";
    private static final int MINUTES_OF_HOUR = 60;

    /** Of an event: people see that many at once, and no more. */
    private static final int MAX_SLOTS = 2_016;

    private static final int MIN_YEAR = 1973;
    private static final int MAX_YEAR = 2199;

    private RequestedSettings() {}

    /** Fails with 400. */
    static EventSettings of(EventSettingsRequest request) {
        EventTime time = time(request);
        requireSlots(time);
        return new EventSettings(
                request.title(),
                request.description(),
                time,
                deadline(request),
                request.maxParticipants(),
                request.blind(),
                request.hideNames(),
                request.allowIfNeeded(),
                request.participantsFinalize());
    }

    /** As exact as PostgreSQL keeps it. */
    private static Instant deadline(EventSettingsRequest request) {
        Instant deadline = AskedTime.instant("deadline", request.deadline());
        return deadline == null ? null : deadline.truncatedTo(ChronoUnit.MICROS);
    }

    private static EventTime time(EventSettingsRequest request) {
        if (request.dates().isEmpty() == request.weekdays().isEmpty()) {
            throw ApiException.invalid("dates", "must be there, or weekdays, and not both");
        }
        if (!SLOT_MINUTES.contains(request.slotMinutes())) {
            throw ApiException.invalid("slotMinutes", "must be 5, 10, 15, 30, 60 or 1440");
        }
        int from = minute("from", request.from());
        int to = minute("to", request.to());
        if (from >= to) {
            throw ApiException.invalid("to", "must be after from");
        }
        boolean isWholeDay = from == 0 && to == TimeGrid.WHOLE_DAY;
        if (request.slotMinutes() == TimeGrid.WHOLE_DAY && !isWholeDay) {
            throw ApiException.invalid("slotMinutes", "must be less for a part of the day");
        }
        return new EventTime(
                zone("timeZone", request.timeZone()),
                dates(request.dates()),
                weekdays(request.weekdays()),
                week(request),
                from,
                to,
                request.slotMinutes());
    }

    /** Of days that change their clocks, there may be a few more or fewer in the end. */
    private static void requireSlots(EventTime time) {
        int usual = time.days().size() * ((time.toMinute() - time.fromMinute()) / time.slotMinutes());
        int slots = usual > 2 * MAX_SLOTS ? usual : time.slots().size();
        if (slots == 0) {
            throw ApiException.invalid("to", "must leave time for a slot");
        }
        if (slots > MAX_SLOTS) {
            throw ApiException.invalid(
                    "slotMinutes",
                    "must be more, or days fewer: these are " + slots + " slots of at most " + MAX_SLOTS);
        }
    }

    /** Fails with 400 for what is no zone; null where the name is. */
    static ZoneId zone(String field, String name) {
        if (name == null) {
            return null;
        }
        if (!ZoneId.getAvailableZoneIds().contains(name)) {
            throw ApiException.invalid(field, "must be an IANA time zone, such as 'Europe/London'");
        }
        return ZoneId.of(name);
    }

    /** The minute of the day; fails with 400 for what is no time of one. */
    static int minute(String field, String text) {
        if (!text.matches(TIME)) {
            throw ApiException.invalid(field, "must be a time such as '09:00'");
        }
        return Integer.parseInt(text.substring(0, 2)) * MINUTES_OF_HOUR + Integer.parseInt(text.substring(3));
    }

    private static List<LocalDate> dates(List<String> texts) {
        Set<LocalDate> dates = new TreeSet<>();
        for (int i = 0; i < texts.size(); i++) {
            dates.add(date("dates[" + i + "]", texts.get(i)));
        }
        return new ArrayList<>(dates);
    }

    /** There are offsets with seconds until 1972; and nobody agrees on a time of the far future. */
    private static LocalDate requireInRange(LocalDate date) {
        if (date.getYear() < MIN_YEAR || date.getYear() > MAX_YEAR) {
            throw new DateTimeException("out of range");
        }
        return date;
    }

    private static LocalDate date(String field, String text) {
        try {
            if (text.matches(DATE)) {
                return requireInRange(LocalDate.parse(text));
            }
        } catch (DateTimeException e) {
            // As other dates that there are not.
        }
        throw ApiException.invalid(field, "must be a date such as '2026-12-24', from the years 1973 to 2199");
    }

    private static List<DayOfWeek> weekdays(List<String> names) {
        Set<DayOfWeek> days = new TreeSet<>();
        for (int i = 0; i < names.size(); i++) {
            days.add(weekday("weekdays[" + i + "]", names.get(i)));
        }
        return new ArrayList<>(days);
    }

    private static DayOfWeek weekday(String field, String name) {
        return Weekdays.parse(name).orElseThrow(() -> ApiException.invalid(field, "must be a day such as 'monday'"));
    }

    private static LocalDate week(EventSettingsRequest request) {
        if (request.week() == null) {
            return null;
        }
        if (request.weekdays().isEmpty()) {
            throw ApiException.invalid("week", "must be absent: dates say of themselves when they are");
        }
        try {
            if (request.week().matches(WEEK)) {
                return requireInRange(LocalDate.parse(request.week() + "-1", DateTimeFormatter.ISO_WEEK_DATE));
            }
        } catch (DateTimeException e) {
            // As other weeks that there are not.
        }
        throw ApiException.invalid("week", "must be an ISO week such as '2026-W50', from the years 1973 to 2199");
    }
}
