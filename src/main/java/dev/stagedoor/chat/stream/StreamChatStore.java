package dev.stagedoor.chat.stream;

import dev.stagedoor.chat.ChannelStatement;
import dev.stagedoor.platform.db.Transaction;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.UUID;

/** Writes the channels of streams, and who is in them. */
@ApplicationScoped
class StreamChatStore {

    static final String FIND = """
            SELECT s.id AS stream_id, c.id AS channel_id
            FROM live_stream s LEFT JOIN channel c ON c.stream_id = s.id
            WHERE s.id = $1
            """;

    /** Two who are the first at once make one channel. Whoever makes it, it is the owner's of the stream. */
    private static final String OPEN = """
            WITH opened AS (
                INSERT INTO channel (id, visibility, stream_id, created_at, activity_at)
                VALUES ($2, 'stream', $1, $3, $3)
                ON CONFLICT (stream_id) DO NOTHING
                RETURNING id, stream_id
            )
            INSERT INTO membership (channel_id, user_id, role, joined_at)
            SELECT opened.id, s.owner_id, 'owner', $3
            FROM opened JOIN live_stream s ON s.id = opened.stream_id
            """;

    /**
     * What was said before is not unread, and who was muted still is. Hosts and moderators of the stream moderate its chat;
     * who has become one since is given the role, and nobody loses one.
     */
    static final String ENTER = """
            INSERT INTO membership (channel_id, user_id, role, joined_at, read_seq, silenced_until, last_sent_at)
            SELECT c.id, u.id,
                   CASE WHEN p.owner THEN 'owner'
                        WHEN p.role IN ('host', 'moderator') AND p.state NOT IN ('invited', 'left') THEN 'moderator'
                        ELSE 'member' END,
                   $3, c.last_seq, former.silenced_until, former.last_sent_at
            FROM channel c
            CROSS JOIN app_user u
            LEFT JOIN former_member former ON former.channel_id = c.id AND former.user_id = u.id
            LEFT JOIN stream_participant p ON p.stream_id = c.stream_id AND p.user_id = u.id
            WHERE c.id = $1 AND u.id = $2 AND u.erased_at IS NULL
              AND NOT EXISTS (
                  SELECT FROM channel_ban b WHERE b.channel_id = $1 AND b.user_id = $2 AND (b.until IS NULL OR b.until > $3)
              )
            ON CONFLICT (channel_id, user_id) DO UPDATE
            SET role = CASE membership.role WHEN 'member' THEN excluded.role ELSE membership.role END
            RETURNING channel_id
            """;

    /**
     * A stream.
     *
     * @param channelId null where nobody has opened its chat yet
     */
    record StreamChat(UUID streamId, UUID channelId) {}

    /** Emits null where there is no such stream. */
    Uni<StreamChat> find(Transaction transaction, UUID streamId) {
        return transaction.execute(FIND, Tuple.of(streamId)).map(StreamChatStore::streamChat);
    }

    private static StreamChat streamChat(RowSet<Row> rows) {
        if (rows.size() == 0) {
            return null;
        }
        Row row = rows.iterator().next();
        return new StreamChat(row.getUUID("stream_id"), row.getUUID("channel_id"));
    }

    /** Makes the channel of a stream that has none. */
    Uni<Void> open(Transaction transaction, UUID streamId, UUID channelId, Instant now) {
        return transaction
                .execute(OPEN, Tuple.of(streamId, channelId, utc(now)))
                .replaceWithVoid();
    }

    /** Emits whether the user is in the channel now: who is banned is not. */
    Uni<Boolean> enter(Transaction transaction, UUID channelId, UUID userId, Instant now) {
        return transaction
                .executeAfter(ChannelStatement.LOCK, Tuple.of(channelId), ENTER, Tuple.of(channelId, userId, utc(now)))
                .map(rows -> rows.size() > 0);
    }

    private static OffsetDateTime utc(Instant moment) {
        return moment.atOffset(ZoneOffset.UTC);
    }
}
