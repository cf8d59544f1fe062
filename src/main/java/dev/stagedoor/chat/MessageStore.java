package dev.stagedoor.chat;

import dev.stagedoor.chat.ChatCaches.Direction;
import dev.stagedoor.platform.db.Reads;
import dev.stagedoor.platform.db.Transaction;
import dev.stagedoor.platform.text.FoldedText;
import dev.stagedoor.platform.text.SearchableText;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/** Writes and reads messages. */
@ApplicationScoped
class MessageStore {

    /**
     * The lock on the channel's row, which is had before, lasts until the commit: messages commit in the order of their
     * sequence, one that fails leaves no gap, and nobody writes after having left. Who has read
     * everything before has read what they write, too. A reply to a reply belongs to the same thread.
     */
    private static final String APPEND = """
            WITH mentioned AS MATERIALIZED (
                SELECT coalesce(array_agg(id), '{}') AS ids
                FROM membership JOIN app_user ON app_user.id = membership.user_id
                WHERE lower(app_user.username) = ANY ($7) AND membership.channel_id = $1 AND app_user.id <> $3
            ), thread AS MATERIALIZED (
                SELECT coalesce(reply_to, seq) AS seq FROM message WHERE channel_id = $1 AND seq = $8
            ), show AS MATERIALIZED (
            """ + ChannelStatement.SHOW + """
            ), grown AS (
                UPDATE channel
                SET last_seq = last_seq + 1, last_change = last_change + 1, activity_at = greatest(activity_at, $5)
                WHERE id = $1
                  AND EXISTS (
                      SELECT FROM membership own
                      WHERE own.channel_id = $1 AND own.user_id = $3
                        AND coalesce(own.silenced_until <= $5, true)
                        AND (own.role <> 'member' OR coalesce(own.last_sent_at <= $5 - interval '1 second' * nullif(
                            greatest(channel.slow_mode_seconds, (SELECT chat_slow_mode_seconds FROM show)), 0), true))
                  )
                  AND (channel.visibility <> 'stream' OR EXISTS (SELECT FROM show WHERE chat_enabled AND admits))
                  AND NOT EXISTS (SELECT FROM unnest(channel.blocked_words) word WHERE strpos($13, word) > 0)
                  AND ($8::bigint IS NULL OR EXISTS (SELECT FROM thread))
                RETURNING last_seq, last_change
            ), m AS (
                INSERT INTO message (channel_id, seq, id, author_id, text, sent_at, client_id, mentions, attachments, reply_to)
                SELECT $1, last_seq, $2, $3, $4, $5, $6, ids, $9, (SELECT seq FROM thread) FROM grown, mentioned
                RETURNING message.*
            ), logged AS (
                INSERT INTO channel_change (channel_id, change, type, seq, actor_id)
                SELECT $1, last_change, 'created', last_seq, $3 FROM grown
            ), answered AS (
                UPDATE message SET reply_count = message.reply_count + 1
                FROM m
                WHERE message.channel_id = $1 AND message.seq = m.reply_to
            ), noted AS (
                INSERT INTO mention (user_id, channel_id, seq)
                SELECT unnest(mentions), channel_id, seq FROM m
            ), searchable AS (
                INSERT INTO message_search (id, channel_id, author_id, has_link, text, grams)
                SELECT id, channel_id, author_id, $10, $11, $12 FROM m
            ), minute AS (
                INSERT INTO chat_minute AS counted (livestream_id, start, messages)
                SELECT show.id, date_trunc('minute', m.sent_at, 'UTC'), 1 FROM show, m WHERE show.live
                ON CONFLICT (livestream_id, start) DO UPDATE SET messages = counted.messages + 1
            ), hour AS (
                INSERT INTO chat_hour AS counted (livestream_id, start, messages)
                SELECT show.id, date_trunc('hour', m.sent_at, 'UTC'), 1 FROM show, m WHERE show.live
                ON CONFLICT (livestream_id, start) DO UPDATE SET messages = counted.messages + 1
            ), read AS (
                UPDATE membership
                SET read_seq = CASE WHEN membership.read_seq = m.seq - 1 THEN m.seq ELSE membership.read_seq END,
                    last_sent_at = m.sent_at
                FROM m
                WHERE membership.channel_id = m.channel_id AND membership.user_id = m.author_id
            )
            SELECT grown.last_change,
            """ + ChatRows.MESSAGE_COLUMNS
            + " FROM grown, m JOIN app_user u ON u.id = m.author_id";

    static final String FIND_BY_CLIENT_ID = "SELECT " + ChatRows.MESSAGE_COLUMNS
            + " FROM message m JOIN app_user u ON u.id = m.author_id WHERE m.author_id = $1 AND m.client_id = $2";

    private static final String RULES = """
            WITH show AS (
            """ + ChannelStatement.SHOW + """
            )
            SELECT own.silenced_until,
                   CASE WHEN own.role = 'member' THEN own.last_sent_at + interval '1 second' * nullif(
                       greatest(c.slow_mode_seconds, show.chat_slow_mode_seconds), 0) END AS may_send_at,
                   EXISTS (SELECT FROM unnest(c.blocked_words) word WHERE strpos($2, word) > 0) AS has_blocked_word,
                   %s
            FROM channel c JOIN membership own ON own.channel_id = c.id LEFT JOIN show ON true
            WHERE c.id = $1 AND own.user_id = $3
            """.formatted(ChannelStatement.FLOOR);

    static final String BEFORE = page("m.seq < $2", "seq DESC");
    static final String AFTER = page("m.seq > $2", "seq");
    private static final String FROM = page("m.seq >= $2", "seq");

    private static final String PAGES_BEFORE = pages("m.seq < $3", "seq DESC");
    private static final String PAGES_AFTER = pages("m.seq > $3", "seq");
    private static final String PAGES_FROM = pages("m.seq >= $3", "seq");

    private final Reads reads;

    MessageStore(Reads reads) {
        this.reads = reads;
    }

    /**
     * The first {@code $3} messages of a range. The literal, which none exceeds, is for the planner: for a parameter it
     * supposes a tenth of the channel, holds its reusable plan for too dear and plans anew at every execution, which
     * takes longer than the reading.
     */
    private static String page(String range, String order) {
        return """
                SELECT * FROM (
                    SELECT %1$s
                    FROM message m JOIN app_user u ON u.id = m.author_id
                    WHERE m.channel_id = $1
                      AND %2$s
                    ORDER BY m.%3$s
                    LIMIT 51
                ) page
                ORDER BY %3$s
                LIMIT $3
                """.formatted(ChatRows.MESSAGE_COLUMNS, range, order);
    }

    /** The first {@code $4} messages of a range of each channel that user {@code $2} is in; a row without one where it has none. */
    private static String pages(String range, String order) {
        return """
                SELECT own.channel_id AS page_of, page.*
                FROM unnest($1::uuid[]) AS asked (id)
                JOIN membership own ON own.channel_id = asked.id AND own.user_id = $2
                LEFT JOIN LATERAL (
                    SELECT %1$s
                    FROM message m JOIN app_user u ON u.id = m.author_id
                    WHERE m.channel_id = asked.id
                      AND %2$s
                    ORDER BY m.%3$s
                    LIMIT $4
                ) page ON true
                ORDER BY own.channel_id, page.%3$s
                """.formatted(ChatRows.MESSAGE_COLUMNS, range, order);
    }

    /**
     * What keeps a member from writing; times are null where there is no such rule.
     *
     * @param maySendAt by slow mode
     */
    record Rules(Instant silencedUntil, Instant maySendAt, boolean hasBlockedWord, Floor floor) {}

    /** Messages of a channel that lie together. */
    record Range(Direction direction, long seq, int limit) {

        /** With this message in the middle. */
        static Range around(long seq, int limit) {
            return new Range(Direction.FROM, Math.max(1, seq - limit / 2), limit);
        }
    }

    /**
     * A message to be.
     *
     * @param clientId may be null
     * @param names whom it mentions, in lower case, if they are members
     * @param replyTo null where it is no reply
     */
    record NewMessage(
            UUID channelId,
            UUID id,
            UUID authorId,
            String text,
            Instant sentAt,
            String clientId,
            Set<String> names,
            List<Attachment> attachments,
            Long replyTo) {}

    /** Emits null where the author may not say this here, or replies to what is not there; fails on a client id that the author used before. */
    Uni<MessageEvent> append(Transaction transaction, NewMessage message) {
        SearchableText searchable = SearchableText.of(message.text());
        Tuple parameters = Tuple.of(
                        message.channelId(),
                        message.id(),
                        message.authorId(),
                        message.text(),
                        message.sentAt().atOffset(ZoneOffset.UTC),
                        message.clientId())
                .addArrayOfString(message.names().toArray(String[]::new))
                .addLong(message.replyTo())
                .addJsonArray(ChatRows.attachments(message.attachments()))
                .addBoolean(searchable.hasLink())
                .addString(searchable.folded())
                .addArrayOfInteger(searchable.gramArray())
                .addString(WordFilter.wordsOf(searchable.folded()));
        return transaction
                .executeAfter(ChannelStatement.LOCK, Tuple.of(message.channelId()), APPEND, parameters)
                .map(rows -> rows.size() == 0 ? null : appended(rows.iterator().next()));
    }

    private static MessageEvent appended(Row row) {
        return new MessageEvent(ChatRows.message(row), row.getLong("last_change"));
    }

    /** What keeps a member from writing; emits null for who is none. */
    Uni<Rules> rules(NewMessage message) {
        String words = WordFilter.wordsOf(FoldedText.fold(message.text()));
        return reads.first(
                RULES,
                Tuple.of(message.channelId(), words, message.authorId()),
                row -> new Rules(
                        Reads.instant(row, "silenced_until"),
                        Reads.instant(row, "may_send_at"),
                        row.getBoolean("has_blocked_word"),
                        ChatRows.floor(row)));
    }

    Uni<MessageView> findByClientId(UUID authorId, String clientId) {
        return reads.first(FIND_BY_CLIENT_ID, Tuple.of(authorId, clientId), ChatRows::message);
    }

    /**
     * Up to {@code rowsOfEach} messages of each of these channels that the user is in, in the order of the range's
     * direction.
     */
    Uni<Map<UUID, List<MessageView>>> pages(Set<UUID> channelIds, UUID userId, Range range, int rowsOfEach) {
        String statement = switch (range.direction()) {
            case BEFORE -> PAGES_BEFORE;
            case AFTER -> PAGES_AFTER;
            case FROM -> PAGES_FROM;
        };
        return reads.list(
                        statement,
                        Tuple.of(channelIds.toArray(UUID[]::new), userId, range.seq(), rowsOfEach),
                        row -> new PagedRow(
                                row.getUUID("page_of"),
                                row.getUUID("message_id") == null ? null : ChatRows.message(row)))
                .map(MessageStore::byChannel);
    }

    private static Map<UUID, List<MessageView>> byChannel(List<PagedRow> rows) {
        return rows.stream()
                .collect(Collectors.groupingBy(
                        PagedRow::channelId,
                        Collectors.mapping(
                                PagedRow::message, Collectors.filtering(Objects::nonNull, Collectors.toList()))));
    }

    /** A message of a channel; null where the channel has none. */
    private record PagedRow(UUID channelId, MessageView message) {}

    /** Newest first. */
    Uni<List<MessageView>> before(UUID channelId, long seq, int rows) {
        return reads.list(BEFORE, Tuple.of(channelId, seq, rows), ChatRows::message);
    }

    /** Oldest first. */
    Uni<List<MessageView>> after(UUID channelId, long seq, int rows) {
        return reads.list(AFTER, Tuple.of(channelId, seq, rows), ChatRows::message);
    }

    /** Oldest first, this one included. */
    Uni<List<MessageView>> from(UUID channelId, long seq, int rows) {
        return reads.list(FROM, Tuple.of(channelId, seq, rows), ChatRows::message);
    }
}
