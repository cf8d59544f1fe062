package dev.stagedoor.analytics;

import dev.stagedoor.platform.db.Reads;
import io.vertx.mutiny.sqlclient.Row;

/** Reads the columns that statements on sums have in common. */
public final class SumRows {

    /** What {@link #sums} reads. */
    public static final String COLUMNS =
            "start, viewer_millis, covered_millis, viewers_at_start, samples, viewer_sum, peak_viewers, peak_at, chat_messages";

    private SumRows() {}

    /** Of {@code newest_at} and {@code newest_viewers}; null where there is no sample. */
    public static Newest newest(Row row) {
        return row.getValue("newest_at") == null
                ? null
                : new Newest(Reads.instant(row, "newest_at"), row.getInteger("newest_viewers"));
    }

    /** Null where the row has none. */
    public static Sums sums(Row row) {
        if (row.getValue("start") == null) {
            return null;
        }
        return new Sums(
                Reads.instant(row, "start"),
                row.getLong("viewer_millis"),
                row.getLong("covered_millis"),
                row.getInteger("viewers_at_start"),
                row.getInteger("samples"),
                row.getLong("viewer_sum"),
                row.getInteger("peak_viewers"),
                Reads.instant(row, "peak_at"),
                row.getLong("chat_messages"));
    }
}
