package dev.stagedoor.chat;

import dev.stagedoor.realtime.Message;
import dev.stagedoor.realtime.supabase.Column;
import dev.stagedoor.realtime.supabase.PublishedTable;
import dev.stagedoor.realtime.supabase.RowChange;
import dev.stagedoor.realtime.supabase.RowFilter;
import io.vertx.core.json.JsonObject;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;

/** Messages as clients of Supabase know them: {@code messages}, of one channel at a time. */
@ApplicationScoped
class MessageTable implements PublishedTable {

    private static final List<Column> COLUMNS = List.of(
            new Column("id", Column.Type.UUID),
            new Column("channel_id", Column.Type.UUID),
            new Column("seq", Column.Type.INTEGER),
            new Column("text", Column.Type.TEXT),
            new Column("sent_at", Column.Type.TIME),
            new Column("author_id", Column.Type.UUID));

    @Override
    public String name() {
        return "messages";
    }

    @Override
    public List<Column> columns() {
        return COLUMNS;
    }

    @Override
    public Optional<String> topic(RowFilter filter) {
        return filter.valueOf("channel_id").map(id -> "private-channel-" + id);
    }

    @Override
    public List<RowChange> changes(Message told) {
        return switch (told.name()) {
            case "message.created" -> List.of(change(RowChange.Kind.INSERT, told.data()));
            case "message.updated" -> List.of(change(RowChange.Kind.UPDATE, told.data()));
            case "message.deleted" -> List.of(change(RowChange.Kind.DELETE, told.data()));
            default -> List.of();
        };
    }

    private static RowChange change(RowChange.Kind kind, String data) {
        JsonObject message = new JsonObject(data);
        return new RowChange(
                kind,
                new JsonObject()
                        .put("id", message.getString("id"))
                        .put("channel_id", message.getString("channelId"))
                        .put("seq", message.getLong("seq"))
                        .put("text", message.getString("text"))
                        .put("sent_at", message.getString("sentAt"))
                        .put("author_id", message.getJsonObject("author").getString("id")));
    }
}
