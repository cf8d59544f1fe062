package dev.stagedoor.chat.archive;

import dev.stagedoor.chat.ChatRows;
import dev.stagedoor.chat.MessageView;
import dev.stagedoor.platform.db.Reads;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.UUID;

/** Reads the messages of a channel, a page at a time. */
@ApplicationScoped
class ExportQueries {

    /** Who and what came out of an archive has the names that it had there. */
    static final String PAGE = """
            SELECT coalesce(c.external_id, c.id::text) AS room_id, coalesce(c.name, c.id::text) AS room_uri,
                   CASE WHEN u.issuer = 'archive' THEN u.external_id ELSE u.id::text END AS from_id,
                   CASE WHEN u.issuer = 'archive' THEN u.display_name ELSE u.username END AS from_name,
                   coalesce(m.external_id, m.id::text) AS archived_id, %s
            FROM message m JOIN channel c ON c.id = m.channel_id JOIN app_user u ON u.id = m.author_id
            WHERE m.channel_id = $1 AND m.seq > $2
            ORDER BY m.seq
            LIMIT $3
            """.formatted(ChatRows.MESSAGE_COLUMNS);

    private final Reads reads;

    ExportQueries(Reads reads) {
        this.reads = reads;
    }

    /** A message, and its line in an archive. */
    record Exported(MessageView message, ArchiveLine line) {}

    /** The first messages after a sequence. */
    Uni<List<Exported>> page(UUID channelId, long after, int limit) {
        return reads.list(PAGE, Tuple.of(channelId, after, limit), ExportQueries::exported);
    }

    private static Exported exported(Row row) {
        MessageView message = ChatRows.message(row);
        return new Exported(
                message,
                new ArchiveLine(
                        message.seq(),
                        row.getString("room_id"),
                        row.getString("room_uri"),
                        message.sentAt(),
                        row.getString("from_id"),
                        row.getString("from_name"),
                        row.getString("archived_id"),
                        message.text()));
    }
}
