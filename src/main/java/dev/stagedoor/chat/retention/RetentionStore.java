package dev.stagedoor.chat.retention;

import dev.stagedoor.chat.ChannelStatement;
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

/** Finds and deletes what is kept no longer. */
@ApplicationScoped
class RetentionStore {

    static final String DUE = Upkeep.MARK + """
            SELECT c.id
            FROM channel c JOIN message m ON m.channel_id = c.id AND m.seq = c.first_seq
            WHERE c.retention_days IS NOT NULL AND m.sent_at < $1::timestamptz - c.retention_days * interval '1 day'
            LIMIT $2
            """;

    private static final String LOCK = Upkeep.MARK + ChannelStatement.LOCK;

    /**
     * Changes before the first of a message that is kept are all of messages that are not. What is gone is not unread.
     */
    private static final String FORGET = Upkeep.MARK + """
            WITH batch AS MATERIALIZED (
                SELECT m.seq, m.sent_at < $2::timestamptz - c.retention_days * interval '1 day' AS is_old
                FROM channel c JOIN message m ON m.channel_id = c.id AND m.seq >= c.first_seq
                WHERE c.id = $1
                ORDER BY m.seq
                LIMIT $3
            ), kept AS MATERIALIZED (
                SELECT coalesce(min(seq) FILTER (WHERE NOT coalesce(is_old, false)), max(seq) + 1) AS first_seq FROM batch
            ), gone AS (
                DELETE FROM message USING kept WHERE channel_id = $1 AND seq < kept.first_seq RETURNING seq
            ), unlogged AS (
                DELETE FROM channel_change
                USING kept
                WHERE channel_id = $1 AND change < coalesce((
                    SELECT later.change
                    FROM channel_change later
                    WHERE later.channel_id = $1 AND later.seq >= kept.first_seq
                    ORDER BY later.change
                    LIMIT 1), 9223372036854775807)
            ), read AS (
                UPDATE membership SET read_seq = kept.first_seq - 1
                FROM kept
                WHERE channel_id = $1 AND read_seq < kept.first_seq - 1
            )
            UPDATE channel SET first_seq = kept.first_seq
            FROM kept
            WHERE id = $1 AND kept.first_seq IS NOT NULL
            RETURNING channel.first_seq, (SELECT count(*) FROM gone) AS messages
            """;

    private final Reads reads;

    RetentionStore(Reads reads) {
        this.reads = reads;
    }

    /** How many messages went, and which is the first now. */
    record Forgotten(long messages, long firstSeq) {}

    /** Channels that have older messages than they keep. */
    Uni<List<UUID>> due(Instant now, int channels) {
        return reads.list(DUE, Tuple.of(now.atOffset(ZoneOffset.UTC), channels), row -> row.getUUID("id"));
    }

    /** Forgets the oldest, as far as they are too old. */
    Uni<Forgotten> forget(Transaction transaction, UUID channelId, Instant now, int messages) {
        Tuple parameters = Tuple.of(channelId, now.atOffset(ZoneOffset.UTC), messages);
        return transaction
                .executeAfter(LOCK, Tuple.of(channelId), FORGET, parameters)
                .map(rows -> rows.size() == 0
                        ? new Forgotten(0, 0)
                        : forgotten(rows.iterator().next()));
    }

    private static Forgotten forgotten(Row row) {
        return new Forgotten(row.getLong("messages"), row.getLong("first_seq"));
    }
}
