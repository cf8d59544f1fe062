package dev.stagedoor.creator;

import io.vertx.mutiny.sqlclient.Row;
import java.util.List;

/** Reads what everyone may know of a creator from a row. */
final class CreatorRows {

    /** Of a creator {@code c}, who is the user {@code u}. */
    static final String COLUMNS = """
            c.id, u.username, u.display_name, c.headline, c.bio, c.categories, c.languages, c.price_tokens,
            c.price_per_minute_tokens, c.session_minutes, c.time_zone, c.session_count, c.rating_count, c.rating_sum,
            c.version\
            """;

    private static final String SELECT = "SELECT " + COLUMNS + ", weekly.*, exceptions.*\n" + """
            FROM creator c
            JOIN app_user u ON u.id = c.id
            CROSS JOIN\s""" + ScheduleRows.WEEKLY
            + "CROSS JOIN " + ScheduleRows.EXCEPTIONS;

    static final String ONE = SELECT + "WHERE c.id = $1";

    static final String ALL = SELECT + "WHERE c.id = ANY($1)";

    private CreatorRows() {}

    /** From a row of {@link #ONE}, or of {@link #ALL}. */
    static CreatorView one(Row row) {
        return view(
                row,
                ScheduleRows.exceptions(row).stream().map(DateHoursView::of).toList());
    }

    /** From a row of a list. */
    static CreatorView listed(Row row) {
        return view(row, null);
    }

    private static CreatorView view(Row row, List<DateHoursView> exceptions) {
        return new CreatorView(
                row.getUUID("id"),
                row.getString("username"),
                row.getString("display_name"),
                row.getString("headline"),
                row.getString("bio"),
                List.of(row.getArrayOfStrings("categories")),
                List.of(row.getArrayOfStrings("languages")),
                row.getLong("price_tokens"),
                row.getLong("price_per_minute_tokens"),
                row.getInteger("session_minutes"),
                row.getString("time_zone"),
                ScheduleRows.weekly(row).stream().map(WeeklyHoursView::of).toList(),
                exceptions,
                row.getInteger("session_count"),
                row.getInteger("rating_count"),
                average(row.getLong("rating_sum"), row.getInteger("rating_count")),
                row.getInteger("version"),
                null);
    }

    private static Double average(long sum, int count) {
        return count == 0 ? null : (double) sum / count;
    }
}
