package dev.stagedoor.chat;

import dev.stagedoor.platform.db.Reads;
import io.vertx.mutiny.sqlclient.Row;

/** Reads the columns that the statements of chat have in common. */
final class ChatRows {

    /** What a message needs of {@code message m} and its {@code app_user u}. */
    static final String MESSAGE_COLUMNS = """
            m.id AS message_id, m.channel_id, m.seq, m.text, m.sent_at, m.client_id,
            u.id AS author_id, u.username, u.display_name\
            """;

    private ChatRows() {}

    static MessageView message(Row row) {
        AuthorView author =
                new AuthorView(row.getUUID("author_id"), row.getString("username"), row.getString("display_name"));
        return new MessageView(
                row.getUUID("message_id"),
                row.getUUID("channel_id"),
                row.getLong("seq"),
                row.getString("text"),
                Reads.instant(row, "sent_at"),
                author,
                row.getString("client_id"));
    }

    static ChannelView channel(Row row) {
        return new ChannelView(
                row.getUUID("id"),
                row.getString("name"),
                row.getString("description"),
                Visibility.of(row.getString("visibility")),
                row.getInteger("member_count"),
                row.getUUID("message_id") == null ? null : message(row),
                Reads.instant(row, "created_at"));
    }

    static MembershipView membership(Row row) {
        return new MembershipView(
                row.getUUID("channel_id"),
                row.getUUID("user_id"),
                row.getString("role"),
                Reads.instant(row, "joined_at"));
    }
}
