package dev.stagedoor.chat;

import dev.stagedoor.platform.db.Reads;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.Row;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;

/** Reads the columns that the statements of chat have in common. */
public final class ChatRows {

    /** What a message needs of {@code message m} and its {@code app_user u}; who is erased has said nothing. */
    public static final String MESSAGE_COLUMNS = """
            m.id AS message_id, m.channel_id, m.seq, m.sent_at, m.client_id,
            m.reactions, m.version, m.reply_to, m.reply_count, m.edited_at, m.pinned_at,
            CASE WHEN u.erased_at IS NULL THEN m.text ELSE '' END AS text,
            CASE WHEN u.erased_at IS NULL THEN m.mentions ELSE '{}' END AS mentions,
            CASE WHEN u.erased_at IS NULL THEN m.attachments ELSE '[]' END AS attachments,
            coalesce(m.deleted_at, u.erased_at) AS deleted_at,
            u.id AS author_id, u.username, u.display_name\
            """;

    private ChatRows() {}

    public static MessageView message(Row row) {
        AuthorView author =
                new AuthorView(row.getUUID("author_id"), row.getString("username"), row.getString("display_name"));
        return new MessageView(
                row.getUUID("message_id"),
                row.getUUID("channel_id"),
                row.getLong("seq"),
                row.getString("text"),
                Reads.instant(row, "sent_at"),
                author,
                row.getString("client_id"),
                List.of(row.getArrayOfUUIDs("mentions")),
                objects(row, "attachments", ChatRows::attachment),
                objects(row, "reactions", ChatRows::reaction),
                row.getInteger("version"),
                row.getLong("reply_to"),
                row.getInteger("reply_count"),
                Reads.instant(row, "edited_at"),
                Reads.instant(row, "deleted_at"),
                Reads.instant(row, "pinned_at"));
    }

    private static <T> List<T> objects(Row row, String column, Function<JsonObject, T> read) {
        JsonArray array = row.getJsonArray(column);
        return array.isEmpty()
                ? List.of()
                : array.stream().map(JsonObject.class::cast).map(read).toList();
    }

    private static Attachment attachment(JsonObject json) {
        return new Attachment(
                json.getString("name"), json.getString("type"), json.getLong("size"), json.getString("url"));
    }

    /** What {@link #objects} reads. */
    static JsonArray attachments(List<Attachment> attachments) {
        JsonArray array = new JsonArray();
        attachments.forEach(attachment -> array.add(new JsonObject()
                .put("name", attachment.name())
                .put("type", attachment.type())
                .put("size", attachment.size())
                .put("url", attachment.url())));
        return array;
    }

    private static ReactionView reaction(JsonObject json) {
        List<UUID> userIds = json.getJsonArray("userIds").stream()
                .map(id -> UUID.fromString((String) id))
                .toList();
        return new ReactionView(json.getString("emoji"), json.getInteger("count"), userIds);
    }

    /** What {@link #objects} reads. */
    static JsonArray reactions(List<ReactionView> reactions) {
        JsonArray array = new JsonArray();
        reactions.forEach(reaction -> array.add(new JsonObject()
                .put("emoji", reaction.emoji())
                .put("count", reaction.count())
                .put(
                        "userIds",
                        new JsonArray(
                                reaction.userIds().stream().map(UUID::toString).toList()))));
        return array;
    }

    static ChannelView channel(Row row) {
        return new ChannelView(
                row.getUUID("id"),
                row.getString("name"),
                row.getString("description"),
                Visibility.of(row.getString("visibility")),
                row.getUUID("stream_id"),
                row.getInteger("member_count"),
                row.getUUID("message_id") == null ? null : message(row),
                Reads.instant(row, "created_at"),
                row.getLong("first_seq"),
                row.getLong("last_seq"),
                row.getLong("last_change"),
                row.getString("role"),
                row.getLong("read_seq"),
                row.getLong("unread"),
                row.getLong("unread_mentions"),
                row.getBoolean("is_muted"),
                row.getBoolean("is_pinned"));
    }

    static Floor floor(Row row) {
        return new Floor(row.getBoolean("is_on"), row.getBoolean("admits"));
    }

    static MembershipView membership(Row row) {
        return new MembershipView(
                row.getUUID("channel_id"),
                row.getUUID("user_id"),
                row.getString("role"),
                Reads.instant(row, "joined_at"));
    }
}
