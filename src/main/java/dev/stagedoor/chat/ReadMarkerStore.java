package dev.stagedoor.chat;

import dev.stagedoor.platform.db.Reads;
import dev.stagedoor.platform.db.Transaction;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;

/** Moves read markers, and counts what lies behind them. */
@ApplicationScoped
class ReadMarkerStore {

    /**
     * A marker never passes the last message: what arrives meanwhile stays unread. What is not kept any more is read. After a wait for the marker, it may be newer
     * than what is seen of the channel.
     */
    private static final String MOVE = """
            WITH own AS (
                SELECT membership.read_seq, channel.first_seq, channel.last_seq, channel.member_count
                FROM membership JOIN channel ON channel.id = membership.channel_id
                WHERE membership.channel_id = $1 AND membership.user_id = $2
                FOR NO KEY UPDATE OF membership
            ), moved AS (
                UPDATE membership
                SET read_seq = greatest($3, own.first_seq - 1)
                FROM own
                WHERE membership.channel_id = $1 AND membership.user_id = $2
                  AND $3 <= own.last_seq
                  AND ($3 > own.read_seq OR $4 AND greatest($3, own.first_seq - 1) < own.read_seq)
                RETURNING membership.read_seq
            ), now AS (
                SELECT greatest(own.last_seq, own.read_seq) AS last_seq, own.member_count,
                       coalesce(moved.read_seq, own.read_seq) AS read_seq, moved.read_seq IS NOT NULL AS has_moved
                FROM own LEFT JOIN moved ON true
            )
            SELECT now.*, (
                SELECT count(*) FROM mention WHERE user_id = $2 AND channel_id = $1 AND seq > now.read_seq
            ) AS mentions
            FROM now
            """;

    static final String UNREAD = """
            SELECT coalesce(sum(c.last_seq - own.read_seq), 0)::bigint AS unread,
                   count(*) FILTER (WHERE c.last_seq > own.read_seq)::int AS channels,
                   coalesce(sum(mentioned.unread), 0)::bigint AS mentions
            FROM membership own
            JOIN channel c ON c.id = own.channel_id
            CROSS JOIN LATERAL (
                SELECT count(*) AS unread
                FROM mention
                WHERE user_id = own.user_id AND channel_id = own.channel_id AND seq > own.read_seq
            ) mentioned
            WHERE own.user_id = $1 AND own.is_listed
            """;

    private final Reads reads;

    ReadMarkerStore(Reads reads) {
        this.reads = reads;
    }

    /**
     * Where a marker is.
     *
     * @param hasMoved whether it was elsewhere before
     * @param members how many are in the channel
     */
    record Moved(ReadMarkerView view, boolean hasMoved, int members) {}

    /**
     * Moves a marker to a message, back only by force; one beyond the last message leaves it where it is. Emits null for who
     * is not a member.
     */
    Uni<Moved> move(Transaction transaction, UUID channelId, UUID userId, long seq, boolean force) {
        return transaction
                .execute(MOVE, Tuple.of(channelId, userId, seq, force))
                .map(rows -> rows.size() == 0
                        ? null
                        : moved(channelId, userId, rows.iterator().next()));
    }

    private static Moved moved(UUID channelId, UUID userId, Row row) {
        long readSeq = row.getLong("read_seq");
        long lastSeq = row.getLong("last_seq");
        return new Moved(
                new ReadMarkerView(channelId, userId, readSeq, lastSeq, lastSeq - readSeq, row.getLong("mentions")),
                row.getBoolean("has_moved"),
                row.getInteger("member_count"));
    }

    Uni<UnreadView> unread(UUID userId) {
        return reads.first(
                UNREAD,
                Tuple.of(userId),
                row -> new UnreadView(row.getLong("unread"), row.getLong("mentions"), row.getInteger("channels")));
    }
}
