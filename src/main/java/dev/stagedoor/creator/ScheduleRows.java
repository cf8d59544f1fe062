package dev.stagedoor.creator;

import io.vertx.mutiny.sqlclient.Row;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads a schedule from a row that has its hours as arrays. */
final class ScheduleRows {

    /** The hours of the week of a creator {@code c}, to be joined. */
    static final String WEEKLY = """
            LATERAL (
                SELECT array_agg(day::integer ORDER BY day, from_minute) AS days,
                       array_agg(from_minute ORDER BY day, from_minute) AS day_from,
                       array_agg(to_minute ORDER BY day, from_minute) AS day_to
                FROM creator_hours WHERE creator_id = c.id
            ) weekly
            """;

    /** The hours of single dates of a creator {@code c}, to be joined. */
    static final String EXCEPTIONS = """
            LATERAL (
                SELECT array_agg(date ORDER BY date, from_minute) AS dates,
                       array_agg(from_minute ORDER BY date, from_minute) AS date_from,
                       array_agg(to_minute ORDER BY date, from_minute) AS date_to
                FROM creator_date WHERE creator_id = c.id
            ) exceptions
            """;

    private ScheduleRows() {}

    static Schedule schedule(Row row) {
        return new Schedule(ZoneId.of(row.getString("time_zone")), weekly(row), exceptions(row));
    }

    static List<WeeklyHours> weekly(Row row) {
        Integer[] days = row.getArrayOfIntegers("days");
        Integer[] from = row.getArrayOfIntegers("day_from");
        Integer[] to = row.getArrayOfIntegers("day_to");
        List<WeeklyHours> weekly = new ArrayList<>();
        for (int i = 0; days != null && i < days.length; i++) {
            weekly.add(new WeeklyHours(DayOfWeek.of(days[i]), new Hours(from[i], to[i])));
        }
        return weekly;
    }

    static List<DateHours> exceptions(Row row) {
        LocalDate[] dates = row.getArrayOfLocalDates("dates");
        Integer[] from = row.getArrayOfIntegers("date_from");
        Integer[] to = row.getArrayOfIntegers("date_to");
        Map<LocalDate, List<Hours>> byDate = new LinkedHashMap<>();
        for (int i = 0; dates != null && i < dates.length; i++) {
            List<Hours> hours = byDate.computeIfAbsent(dates[i], date -> new ArrayList<>());
            // A date that is closed has a row without hours.
            if (from[i] != null) {
                hours.add(new Hours(from[i], to[i]));
            }
        }
        return byDate.entrySet().stream()
                .map(entry -> new DateHours(entry.getKey(), entry.getValue()))
                .toList();
    }
}
