package dev.stagedoor.chat.retention;

import dev.stagedoor.chat.ChannelStatement;
import dev.stagedoor.chat.ChatRows;
import dev.stagedoor.chat.MessageEvent;
import dev.stagedoor.platform.db.Reads;
import dev.stagedoor.platform.db.Transaction;
import dev.stagedoor.platform.metrics.Upkeep;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;

/** Finds and empties what someone said who is erased. */
@ApplicationScoped
class ErasureStore {

    private static final String DUE = Upkeep.MARK + "SELECT user_id FROM chat_erasure ORDER BY user_id LIMIT $1";

    /** Not while messages are becoming searchable: these are found by that. */
    private static final String COMPLETE = Upkeep.MARK + """
            WITH complete AS (
                DELETE FROM chat_erasure WHERE user_id = $1 AND NOT EXISTS (SELECT FROM search_backlog) RETURNING user_id
            ), said AS (
                UPDATE message_report r SET text = ''
                FROM complete, message m
                WHERE m.channel_id = r.channel_id AND m.seq = r.seq AND m.author_id = complete.user_id
                  AND r.reporter_id <> complete.user_id AND r.text <> ''
            )
            UPDATE message_report SET note = '', text = '' FROM complete WHERE reporter_id = complete.user_id
            """;

    static final String CHANNELS = Upkeep.MARK + """
            SELECT channel_id FROM membership WHERE user_id = $1
            UNION
            SELECT channel_id FROM message_search WHERE author_id = $1
            LIMIT $2
            """;

    private static final String LOCK = Upkeep.MARK + ChannelStatement.LOCK;

    private static final String LEAVE = Upkeep.MARK + "DELETE FROM membership WHERE channel_id = $1 AND user_id = $2";

    /** As a deletion of each of them, the reports of them included. */
    private static final String ERASE = Upkeep.MARK + """
            WITH batch AS MATERIALIZED (
                SELECT m.seq, m.id, m.reply_to, row_number() OVER (ORDER BY m.seq) AS place
                FROM (
                    SELECT id FROM message_search WHERE author_id = $2 AND channel_id = $1 ORDER BY id DESC LIMIT $4
                ) s
                JOIN message m ON m.id = s.id
            ), replies AS MATERIALIZED (
                SELECT reply_to AS seq, count(*) AS gone FROM batch WHERE reply_to IS NOT NULL GROUP BY reply_to
            ), unmentioned AS (
                DELETE FROM mention USING batch WHERE mention.channel_id = $1 AND mention.seq = batch.seq
            ), forgotten AS (
                DELETE FROM message_edit USING batch WHERE message_edit.channel_id = $1 AND message_edit.seq = batch.seq
            ), unreacted AS (
                DELETE FROM reaction USING batch WHERE reaction.channel_id = $1 AND reaction.seq = batch.seq
            ), unreported AS (
                UPDATE message_report SET text = ''
                FROM batch
                WHERE message_report.channel_id = $1 AND message_report.seq = batch.seq
            ), unsearchable AS (
                DELETE FROM message_search USING batch WHERE message_search.id = batch.id
            ), threads AS (
                UPDATE message SET reply_count = reply_count - replies.gone
                FROM replies
                WHERE message.channel_id = $1 AND message.seq = replies.seq
                  AND message.seq NOT IN (SELECT seq FROM batch)
            ), grown AS (
                UPDATE channel SET last_change = last_change + (SELECT count(*) FROM batch)
                WHERE id = $1
                RETURNING last_change - (SELECT count(*) FROM batch) AS before
            ), logged AS (
                INSERT INTO channel_change (channel_id, change, type, seq, actor_id)
                SELECT $1, grown.before + batch.place, 'deleted', batch.seq, $2 FROM batch CROSS JOIN grown
            )
            UPDATE message m
            SET text = '', attachments = '[]', reactions = '[]', mentions = '{}', pinned_at = NULL, deleted_at = $3,
                version = m.version + 1, reply_count = m.reply_count - coalesce(replies.gone, 0)
            FROM grown CROSS JOIN batch LEFT JOIN replies ON replies.seq = batch.seq JOIN app_user u ON u.id = $2
            WHERE m.channel_id = $1 AND m.seq = batch.seq
            RETURNING grown.before + batch.place AS change, %s
            """.formatted(ChatRows.MESSAGE_COLUMNS);

    private final Reads reads;

    ErasureStore(Reads reads) {
        this.reads = reads;
    }

    /** Users who are not forgotten yet. */
    Uni<List<UUID>> due(int users) {
        return reads.list(DUE, Tuple.of(users), row -> row.getUUID("user_id"));
    }

    Uni<Void> complete(Transaction transaction, UUID userId) {
        return transaction.execute(COMPLETE, Tuple.of(userId)).replaceWithVoid();
    }

    /** Where they are, or said something. */
    Uni<List<UUID>> channelsOf(UUID userId, int channels) {
        return reads.list(CHANNELS, Tuple.of(userId, channels), row -> row.getUUID("channel_id"));
    }

    /** Locks the channel until the transaction ends, and takes the user out of it; emits whether they were in. */
    Uni<Boolean> leave(Transaction transaction, UUID channelId, UUID userId) {
        return transaction
                .executeAfter(LOCK, Tuple.of(channelId), LEAVE, Tuple.of(channelId, userId))
                .map(rows -> rows.rowCount() > 0);
    }

    /** Empties some messages, and emits them. */
    Uni<List<MessageEvent>> erase(Transaction transaction, UUID channelId, UUID userId, Instant now, int messages) {
        return transaction
                .execute(ERASE, Tuple.of(channelId, userId, now.atOffset(ZoneOffset.UTC), messages))
                .map(rows -> rows.stream().map(ErasureStore::event).toList());
    }

    private static MessageEvent event(Row row) {
        return new MessageEvent(ChatRows.message(row), row.getLong("change"));
    }
}
