package dev.stagedoor.analytics.push;

import dev.stagedoor.analytics.push.SampleTopics.Row;
import dev.stagedoor.realtime.Message;
import dev.stagedoor.realtime.supabase.Column;
import dev.stagedoor.realtime.supabase.PublishedTable;
import dev.stagedoor.realtime.supabase.RowChange;
import dev.stagedoor.realtime.supabase.RowFilter;
import io.vertx.core.json.JsonObject;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;

/** Samples of a live stream as clients of Supabase know them: {@code livestream_metrics}, of one stream at a time. */
@ApplicationScoped
class SampleTable implements PublishedTable {

    private static final List<Column> COLUMNS = List.of(
            new Column("livestream_id", Column.Type.UUID),
            new Column("timestamp", Column.Type.TIME),
            new Column("viewer_count", Column.Type.INTEGER),
            new Column("chat_activity", Column.Type.INTEGER));

    @Override
    public String name() {
        return "livestream_metrics";
    }

    @Override
    public List<Column> columns() {
        return COLUMNS;
    }

    @Override
    public Optional<String> topic(RowFilter filter) {
        return filter.valueOf("livestream_id").map(SampleTopics::rows);
    }

    @Override
    public List<RowChange> changes(Message message) {
        return message.name().equals(SampleTopics.STORED)
                ? SampleTopics.rows(message).map(SampleTable::inserted).toList()
                : List.of();
    }

    private static RowChange inserted(Row sample) {
        return new RowChange(
                RowChange.Kind.INSERT,
                new JsonObject()
                        .put("livestream_id", sample.streamId())
                        .put("timestamp", sample.at().toString())
                        .put("viewer_count", sample.viewerCount())
                        .put("chat_activity", sample.chatActivity()));
    }
}
