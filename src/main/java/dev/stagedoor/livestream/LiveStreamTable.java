package dev.stagedoor.livestream;

import dev.stagedoor.realtime.Message;
import dev.stagedoor.realtime.supabase.Column;
import dev.stagedoor.realtime.supabase.PublishedTable;
import dev.stagedoor.realtime.supabase.RowChange;
import dev.stagedoor.realtime.supabase.RowFilter;
import io.vertx.core.json.JsonObject;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;

/** Live streams as clients of Supabase know them: {@code livestreams}. */
@ApplicationScoped
class LiveStreamTable implements PublishedTable {

    private static final List<Column> COLUMNS = List.of(
            new Column("id", Column.Type.UUID),
            new Column("title", Column.Type.TEXT),
            new Column("category", Column.Type.TEXT),
            new Column("language", Column.Type.TEXT),
            new Column("is_active", Column.Type.BOOLEAN),
            new Column("started_at", Column.Type.TIME),
            new Column("ended_at", Column.Type.TIME),
            new Column("owner_id", Column.Type.UUID));

    @Override
    public String name() {
        return "livestreams";
    }

    @Override
    public List<Column> columns() {
        return COLUMNS;
    }

    @Override
    public Optional<String> topic(RowFilter filter) {
        return Optional.of(filter.valueOf("id").map(id -> "stream-" + id).orElse("streams"));
    }

    @Override
    public List<RowChange> changes(Message message) {
        return switch (message.name()) {
            case "live-stream.created" -> List.of(change(RowChange.Kind.INSERT, message));
            case "live-stream.updated", "live-stream.started", "live-stream.ended" ->
                List.of(change(RowChange.Kind.UPDATE, message));
            case "live-stream.deleted" ->
                List.of(new RowChange(
                        RowChange.Kind.DELETE,
                        new JsonObject().put("id", new JsonObject(message.data()).getString("id"))));
            default -> List.of();
        };
    }

    private static RowChange change(RowChange.Kind kind, Message message) {
        JsonObject stream = new JsonObject(message.data());
        return new RowChange(
                kind,
                new JsonObject()
                        .put("id", stream.getString("id"))
                        .put("title", stream.getString("title"))
                        .put("category", stream.getString("category"))
                        .put("language", stream.getString("language"))
                        .put("is_active", stream.getBoolean("live"))
                        .put("started_at", stream.getString("startedAt"))
                        .put("ended_at", stream.getString("endedAt"))
                        .put("owner_id", stream.getJsonObject("owner").getString("id")));
    }
}
