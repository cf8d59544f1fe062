package dev.stagedoor.realtime.supabase;

import io.vertx.core.json.JsonObject;

/**
 * What became of a row.
 *
 * @param row the row as it is now, or for a deletion what is known of it; its fields are columns, with values of JSON
 */
public record RowChange(Kind kind, JsonObject row) {

    /** What was done. */
    public enum Kind {
        INSERT,
        UPDATE,
        DELETE
    }
}
