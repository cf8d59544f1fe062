package dev.stagedoor.chat;

import dev.stagedoor.chat.ChangeView.Kind;
import dev.stagedoor.platform.db.Reads;
import dev.stagedoor.platform.db.Transaction;
import dev.stagedoor.platform.text.FoldedText;
import dev.stagedoor.platform.text.SearchableText;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** Changes messages, and reads what changed. Whoever changes one has its channel's row locked before. */
@ApplicationScoped
class MessageChangeStore {

    /** A statement of its own: it sees what was committed before the lock was had. */
    private static final String FIND =
            """
            SELECT c.visibility, own.role, own.silenced_until, %s, %s
            FROM channel c
            LEFT JOIN (%s) show ON true
            LEFT JOIN membership own ON own.channel_id = c.id AND own.user_id = $3
            LEFT JOIN message m ON m.channel_id = c.id AND m.seq = $2
            LEFT JOIN app_user u ON u.id = m.author_id
            WHERE c.id = $1
            """.formatted(ChannelStatement.FLOOR, ChatRows.MESSAGE_COLUMNS, ChannelStatement.SHOW);

    private static final String IS_BLOCKED = """
            SELECT EXISTS (SELECT FROM unnest(blocked_words) word WHERE strpos($2, word) > 0) AS is_blocked
            FROM channel
            WHERE id = $1
            """;

    private static final String EDIT = """
            WITH kept AS (
                INSERT INTO message_edit (channel_id, seq, version, text, replaced_at)
                SELECT channel_id, seq, version, text, $4 FROM message WHERE channel_id = $1 AND seq = $2
            ), mentioned AS MATERIALIZED (
                SELECT coalesce(array_agg(app_user.id), '{}') AS ids
                FROM message
                JOIN membership ON membership.channel_id = message.channel_id AND membership.user_id <> message.author_id
                JOIN app_user ON app_user.id = membership.user_id
                WHERE message.channel_id = $1 AND message.seq = $2 AND lower(app_user.username) = ANY ($5)
            ), unmentioned AS (
                DELETE FROM mention USING mentioned WHERE channel_id = $1 AND seq = $2 AND user_id <> ALL (mentioned.ids)
            ), noted AS (
                INSERT INTO mention (user_id, channel_id, seq)
                SELECT unnest(ids), $1, $2 FROM mentioned
                ON CONFLICT DO NOTHING
            ), searchable AS (
                UPDATE message_search SET has_link = $6, text = $7, grams = $8
                FROM message
                WHERE message.channel_id = $1 AND message.seq = $2 AND message_search.id = message.id
            )
            UPDATE message
            SET text = $3, edited_at = $4, mentions = mentioned.ids, version = version + 1
            FROM mentioned
            WHERE channel_id = $1 AND seq = $2
            """;

    /** Nothing of what was said stays. */
    private static final String DELETE = """
            WITH unmentioned AS (
                DELETE FROM mention WHERE channel_id = $1 AND seq = $2
            ), forgotten AS (
                DELETE FROM message_edit WHERE channel_id = $1 AND seq = $2
            ), unreacted AS (
                DELETE FROM reaction WHERE channel_id = $1 AND seq = $2
            ), unsearchable AS (
                DELETE FROM message_search USING message
                WHERE message.channel_id = $1 AND message.seq = $2 AND message_search.id = message.id
            ), acted AS (
                INSERT INTO moderation_act (id, channel_id, actor_id, action, user_id, seq, acted_at)
                SELECT uuid_v7($3), channel_id, $4, 'message_deleted', author_id, seq, $3
                FROM message
                WHERE channel_id = $1 AND seq = $2 AND author_id <> $4
            ), thread AS (
                UPDATE message SET reply_count = reply_count - 1
                WHERE channel_id = $1
                  AND seq = (SELECT reply_to FROM message WHERE channel_id = $1 AND seq = $2)
            )
            UPDATE message
            SET text = '', attachments = '[]', reactions = '[]', mentions = '{}', pinned_at = NULL, deleted_at = $3,
                version = version + 1
            WHERE channel_id = $1 AND seq = $2
            """;

    private static final String PIN = "UPDATE message SET pinned_at = $3 WHERE channel_id = $1 AND seq = $2";

    private static final String COUNT_PINS =
            "SELECT count(*) AS pins FROM message WHERE channel_id = $1 AND pinned_at IS NOT NULL";

    private static final String REACT = """
            INSERT INTO reaction (channel_id, seq, emoji, user_id, reacted_at)
            VALUES ($1, $2, $3, $4, $5)
            ON CONFLICT DO NOTHING
            """;

    private static final String UNREACT =
            "DELETE FROM reaction WHERE channel_id = $1 AND seq = $2 AND emoji = $3 AND user_id = $4";

    private static final String SHOW_REACTIONS = "UPDATE message SET reactions = $3 WHERE channel_id = $1 AND seq = $2";

    /** In the order in which they came. */
    private static final String RECOUNT_REACTIONS = """
            UPDATE message
            SET reactions = (
                SELECT coalesce(jsonb_agg(
                           jsonb_build_object('emoji', emoji, 'count', count, 'userIds', to_jsonb(user_ids[:50]))
                           ORDER BY first_at, emoji), '[]')
                FROM (
                    SELECT emoji, count(*) AS count, min(reacted_at) AS first_at,
                           array_agg(user_id ORDER BY reacted_at, user_id) AS user_ids
                    FROM reaction
                    WHERE channel_id = $1 AND seq = $2
                    GROUP BY emoji
                ) AS shown
            )
            WHERE channel_id = $1 AND seq = $2
            """;

    private static final String LOG = """
            WITH grown AS (
                UPDATE channel SET last_change = last_change + 1 WHERE id = $1 RETURNING last_change
            )
            INSERT INTO channel_change (channel_id, change, type, seq, actor_id, emoji, is_added)
            SELECT $1, last_change, $3, $2, $4, $5, $6 FROM grown
            RETURNING change
            """;

    /** The literal, which none exceeds, is for the planner, as that of the pages of messages. */
    static final String SYNC = """
            SELECT * FROM (
                SELECT happened.change, happened.type, happened.actor_id, happened.emoji, happened.is_added,
                       thread.reply_count AS thread_reply_count, %s
                FROM channel_change happened
                JOIN message m ON m.channel_id = happened.channel_id AND m.seq = happened.seq
                JOIN app_user u ON u.id = m.author_id
                LEFT JOIN message thread ON thread.channel_id = m.channel_id AND thread.seq = m.reply_to
                WHERE happened.channel_id = $1 AND happened.change > $2
                ORDER BY happened.change
                LIMIT 101
            ) page
            ORDER BY change
            LIMIT $3
            """.formatted(ChatRows.MESSAGE_COLUMNS);

    static final String REPLIES = """
            SELECT * FROM (
                SELECT %s
                FROM message m JOIN app_user u ON u.id = m.author_id
                WHERE m.channel_id = $1 AND m.reply_to = $2 AND m.seq > $3
                ORDER BY m.seq
                LIMIT 51
            ) page
            ORDER BY seq
            LIMIT $4
            """.formatted(ChatRows.MESSAGE_COLUMNS);

    static final String PINS = """
            SELECT %s
            FROM message m JOIN app_user u ON u.id = m.author_id
            WHERE m.channel_id = $1 AND m.pinned_at IS NOT NULL
            ORDER BY m.pinned_at DESC
            LIMIT 100
            """.formatted(ChatRows.MESSAGE_COLUMNS);

    private static final String EDITS = """
            SELECT version, text, replaced_at
            FROM message_edit
            WHERE channel_id = $1 AND seq = $2 AND version >= $3
            ORDER BY version
            LIMIT $4
            """;

    private final Reads reads;

    MessageChangeStore(Reads reads) {
        this.reads = reads;
    }

    /**
     * A message, and who asks for it.
     *
     * @param silencedUntil null for who is not muted
     * @param message null where there is none
     */
    record Found(ChannelAccess access, Instant silencedUntil, Floor floor, MessageView message) {}

    /** What happened to a message, and by whom; emoji and whether it was added are of reactions alone. */
    record Change(Kind type, UUID actorId, String emoji, Boolean isAdded) {

        static Change of(Kind type, UUID actorId) {
            return new Change(type, actorId, null, null);
        }
    }

    /** Locks the channel until the transaction ends, and emits the message; null where there is no channel. */
    Uni<Found> lock(Transaction transaction, UUID channelId, long seq, UUID userId) {
        return transaction
                .executeAfter(ChannelStatement.LOCK, Tuple.of(channelId), FIND, Tuple.of(channelId, seq, userId))
                .map(MessageChangeStore::found);
    }

    /** Emits null where there is no channel. */
    Uni<Found> find(Transaction transaction, UUID channelId, long seq, UUID userId) {
        return transaction.execute(FIND, Tuple.of(channelId, seq, userId)).map(MessageChangeStore::found);
    }

    /** As {@link #find(Transaction, UUID, long, UUID)}, in no transaction. */
    Uni<Found> find(UUID channelId, long seq, UUID userId) {
        return reads.first(FIND, Tuple.of(channelId, seq, userId), MessageChangeStore::found);
    }

    private static Found found(RowSet<Row> rows) {
        return rows.size() == 0 ? null : found(rows.iterator().next());
    }

    private static Found found(Row row) {
        return new Found(
                new ChannelAccess(Visibility.of(row.getString("visibility")), row.getString("role")),
                Reads.instant(row, "silenced_until"),
                ChatRows.floor(row),
                row.getUUID("message_id") == null ? null : ChatRows.message(row));
    }

    /** Whether the channel does not allow a text. */
    Uni<Boolean> isBlocked(Transaction transaction, UUID channelId, String text) {
        return transaction
                .execute(IS_BLOCKED, Tuple.of(channelId, WordFilter.wordsOf(FoldedText.fold(text))))
                .map(rows -> rows.iterator().next().getBoolean("is_blocked"));
    }

    /** @param names whom the text mentions, in lower case, if they are members */
    Uni<Void> edit(Transaction transaction, UUID channelId, long seq, String text, Set<String> names, Instant now) {
        SearchableText searchable = SearchableText.of(text);
        Tuple parameters = Tuple.of(channelId, seq, text, utc(now), names.toArray(String[]::new))
                .addBoolean(searchable.hasLink())
                .addString(searchable.folded())
                .addArrayOfInteger(searchable.gramArray());
        return transaction.execute(EDIT, parameters).replaceWithVoid();
    }

    /** What someone deletes of another is on record. */
    Uni<Void> delete(Transaction transaction, UUID channelId, long seq, UUID actorId, Instant now) {
        return transaction
                .execute(DELETE, Tuple.of(channelId, seq, utc(now), actorId))
                .replaceWithVoid();
    }

    /** @param at null where it is pinned no more */
    Uni<Void> pin(Transaction transaction, UUID channelId, long seq, Instant at) {
        return transaction.execute(PIN, Tuple.of(channelId, seq, utc(at))).replaceWithVoid();
    }

    Uni<Long> countPins(Transaction transaction, UUID channelId) {
        return transaction
                .execute(COUNT_PINS, Tuple.of(channelId))
                .map(rows -> rows.iterator().next().getLong("pins"));
    }

    /** Emits whether that changed anything. */
    Uni<Boolean> react(Transaction transaction, UUID channelId, long seq, String emoji, UUID userId, Instant now) {
        return transaction
                .execute(REACT, Tuple.of(channelId, seq, emoji, userId, utc(now)))
                .map(rows -> rows.rowCount() > 0);
    }

    /** Emits whether that changed anything. */
    Uni<Boolean> unreact(Transaction transaction, UUID channelId, long seq, String emoji, UUID userId) {
        return transaction
                .execute(UNREACT, Tuple.of(channelId, seq, emoji, userId))
                .map(rows -> rows.rowCount() > 0);
    }

    /** Shows these as the reactions of a message. */
    Uni<Void> showReactions(Transaction transaction, UUID channelId, long seq, List<ReactionView> reactions) {
        return transaction
                .execute(SHOW_REACTIONS, Tuple.of(channelId, seq, ChatRows.reactions(reactions)))
                .replaceWithVoid();
    }

    /** Shows with a message the reactions that it has, which takes the longer, the more they are. */
    Uni<Void> recountReactions(Transaction transaction, UUID channelId, long seq) {
        return transaction.execute(RECOUNT_REACTIONS, Tuple.of(channelId, seq)).replaceWithVoid();
    }

    /** Emits the number of the change. */
    Uni<Long> log(Transaction transaction, UUID channelId, long seq, Change change) {
        Tuple parameters =
                Tuple.of(channelId, seq, change.type().wireName(), change.actorId(), change.emoji(), change.isAdded());
        return transaction
                .execute(LOG, parameters)
                .map(rows -> rows.iterator().next().getLong("change"));
    }

    /** Changes after this one, oldest first. */
    Uni<List<ChangeView>> sync(UUID channelId, long after, int rows) {
        return reads.list(SYNC, Tuple.of(channelId, after, rows), MessageChangeStore::change);
    }

    private static ChangeView change(Row row) {
        Kind type = Kind.of(row.getString("type"));
        MessageView message = ChatRows.message(row);
        return new ChangeView(
                row.getLong("change"),
                type,
                row.getLong("seq"),
                message,
                row.getInteger("thread_reply_count") == null
                        ? null
                        : new ChangeView.ReplyThread(message.replyTo(), row.getInteger("thread_reply_count")),
                type == Kind.REACTION ? row.getUUID("actor_id") : null,
                row.getString("emoji"),
                row.getBoolean("is_added"));
    }

    /** Replies in a thread after this sequence, oldest first. */
    Uni<List<MessageView>> replies(UUID channelId, long seq, long after, int rows) {
        return reads.list(REPLIES, Tuple.of(channelId, seq, after, rows), ChatRows::message);
    }

    /** Latest first. */
    Uni<List<MessageView>> pins(UUID channelId) {
        return reads.list(PINS, Tuple.of(channelId), ChatRows::message);
    }

    /** Oldest first. */
    Uni<List<EditView>> edits(UUID channelId, long seq, int fromVersion, int rows) {
        return reads.list(
                EDITS,
                Tuple.of(channelId, seq, fromVersion, rows),
                row -> new EditView(
                        row.getInteger("version"), row.getString("text"), Reads.instant(row, "replaced_at")));
    }

    private static OffsetDateTime utc(Instant instant) {
        return instant == null ? null : instant.atOffset(ZoneOffset.UTC);
    }
}
