package dev.stagedoor.creator;

import dev.stagedoor.platform.http.ApiException;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Reads the hours of a request; refuses those that are none, and those that overlap, by the names of their fields. */
final class RequestedHours {

    private static final String DATE = "[0-9]{4}-[0-9]{2}-[0-9]{2}";

    private RequestedHours() {}

    static List<WeeklyHours> weekly(List<WeeklyHoursView> asked) {
        List<WeeklyHours> weekly = new ArrayList<>();
        for (int i = 0; i < asked.size(); i++) {
            String field = "weeklyHours[" + i + "]";
            DayOfWeek day = DayOfWeek.valueOf(asked.get(i).day().toUpperCase(Locale.ROOT));
            Hours hours = hours(field, asked.get(i).hours());
            requireApart(
                    field,
                    hours,
                    weekly.stream()
                            .filter(other -> other.day() == day)
                            .map(WeeklyHours::hours)
                            .toList());
            weekly.add(new WeeklyHours(day, hours));
        }
        return weekly;
    }

    static List<DateHours> exceptions(List<DateHoursView> asked) {
        List<DateHours> exceptions = new ArrayList<>();
        Set<LocalDate> dates = new HashSet<>();
        for (int i = 0; i < asked.size(); i++) {
            String field = "exceptions[" + i + "]";
            LocalDate date = date(field + ".date", asked.get(i).date());
            if (!dates.add(date)) {
                throw ApiException.invalid(field + ".date", "is there twice");
            }
            exceptions.add(new DateHours(date, hours(field, asked.get(i).hours())));
        }
        return exceptions;
    }

    private static LocalDate date(String field, String text) {
        try {
            if (text.matches(DATE)) {
                return LocalDate.parse(text);
            }
        } catch (DateTimeException e) {
            // As other dates that there are not.
        }
        throw ApiException.invalid(field, "must be a date such as '2026-12-24'");
    }

    private static List<Hours> hours(String exception, List<HoursView> asked) {
        List<Hours> all = new ArrayList<>();
        for (int i = 0; i < asked.size(); i++) {
            String field = exception + ".hours[" + i + "]";
            Hours hours = hours(field, asked.get(i));
            requireApart(field, hours, all);
            all.add(hours);
        }
        return all;
    }

    private static Hours hours(String field, HoursView asked) {
        int from = Hours.minute(asked.from());
        int to = Hours.minute(asked.to());
        if (to <= from) {
            throw ApiException.invalid(
                    field + ".to", "must be after from; what goes on past midnight is the next day's");
        }
        return new Hours(from, to);
    }

    private static void requireApart(String field, Hours hours, List<Hours> others) {
        if (others.stream().anyMatch(hours::overlaps)) {
            throw ApiException.invalid(field, "overlaps other hours of the same day");
        }
    }
}
