package dev.stagedoor.realtime.supabase;

import dev.stagedoor.realtime.Message;
import io.vertx.core.json.JsonObject;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;

/** A table that tests alone have: lamps are in rooms, and a room is a topic. */
@ApplicationScoped
class LampTable implements PublishedTable {

    @Override
    public String name() {
        return "lamps";
    }

    @Override
    public List<Column> columns() {
        return List.of(
                new Column("id", Column.Type.INTEGER),
                new Column("room", Column.Type.TEXT),
                new Column("is_lit", Column.Type.BOOLEAN));
    }

    @Override
    public Optional<String> topic(RowFilter filter) {
        return filter.valueOf("room");
    }

    @Override
    public List<RowChange> changes(Message message) {
        JsonObject lamp = new JsonObject(message.data());
        return switch (message.name()) {
            case "lamp.hung" -> List.of(new RowChange(RowChange.Kind.INSERT, lamp));
            case "lamp.changed" -> List.of(new RowChange(RowChange.Kind.UPDATE, lamp));
            case "lamp.removed" -> List.of(new RowChange(RowChange.Kind.DELETE, lamp));
            default -> List.of();
        };
    }
}
