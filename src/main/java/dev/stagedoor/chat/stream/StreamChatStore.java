package dev.stagedoor.chat.stream;

import dev.stagedoor.chat.ChannelStatement;
import dev.stagedoor.chat.MembershipView;
import dev.stagedoor.platform.db.Reads;
import dev.stagedoor.platform.db.Transaction;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
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
            SELECT s.id AS stream_id, c.id AS channel_id, own.user_id IS NOT NULL AS is_in
            FROM live_stream s
            LEFT JOIN channel c ON c.stream_id = s.id
            LEFT JOIN membership own ON own.channel_id = c.id AND own.user_id = $2
            WHERE s.id = $1
            """;

    /**
     * Two who are the first at once make one channel. Whoever makes it, it is the owner's of the stream; the stream does not go
     * before the transaction ends.
     */
    private static final String OPEN = """
            WITH show AS (
                SELECT id, owner_id FROM live_stream WHERE id = $1 FOR KEY SHARE
            ), opened AS (
                INSERT INTO channel (id, visibility, stream_id, created_at, activity_at)
                SELECT $2, 'stream', id, $3, $3 FROM show
                ON CONFLICT (stream_id) WHERE stream_id IS NOT NULL DO NOTHING
                RETURNING id
            )
            INSERT INTO membership (channel_id, user_id, role, joined_at, is_listed)
            SELECT opened.id, u.id, 'owner', $3, false
            FROM opened CROSS JOIN show JOIN app_user u ON u.id = show.owner_id AND u.erased_at IS NULL
            """;

    /**
     * What was said before is not unread, and who was muted still is. Hosts and moderators of the stream moderate its chat,
     * but for those of whom its owners or moderators have thought otherwise.
     */
    static final String ENTER = """
            INSERT INTO membership (channel_id, user_id, role, joined_at, read_seq, silenced_until, last_sent_at, is_listed)
            SELECT c.id, u.id,
                   CASE WHEN p.owner THEN 'owner'
                        WHEN p.role IN ('host', 'moderator') AND p.state NOT IN ('invited', 'left') AND NOT EXISTS (
                            SELECT FROM moderation_act a
                            WHERE a.channel_id = $1 AND a.user_id = $2 AND a.action IN ('role_changed', 'removed', 'banned')
                        ) THEN 'moderator'
                        ELSE 'member' END,
                   $3, c.last_seq, former.silenced_until, former.last_sent_at, false
            FROM channel c
            CROSS JOIN app_user u
            LEFT JOIN former_member former ON former.channel_id = c.id AND former.user_id = u.id
            LEFT JOIN stream_participant p ON p.stream_id = c.stream_id AND p.user_id = u.id
            WHERE c.id = $1 AND c.stream_id = $4 AND u.id = $2 AND u.erased_at IS NULL
              AND NOT EXISTS (
                  SELECT FROM channel_ban b WHERE b.channel_id = $1 AND b.user_id = $2 AND (b.until IS NULL OR b.until > $3)
              )
            ON CONFLICT (channel_id, user_id) DO NOTHING
            """;

    private static final String LOCK_CHAT = "select id from channel where stream_id = ?1 for no key update";

    /** Roles that owners gave stay. */
    private static final String FOLLOW = """
            with followed as (
                update membership set role = ?3
                where channel_id = ?1 and user_id = ?2 and role = ?4
                  and not exists (
                      select from moderation_act a
                      where a.channel_id = ?1 and a.user_id = ?2 and a.action in ('role_changed', 'removed', 'banned')
                  )
                returning joined_at
            )
            select joined_at from followed
            """;

    private final Reads reads;

    StreamChatStore(Reads reads) {
        this.reads = reads;
    }

    /**
     * A stream.
     *
     * @param channelId null where nobody has opened its chat yet
     * @param isIn whether the one who asks is in it
     */
    record StreamChat(UUID streamId, UUID channelId, boolean isIn) {}

    /** Emits null where there is no such stream. */
    Uni<StreamChat> find(UUID streamId, UUID userId) {
        return reads.first(
                FIND,
                Tuple.of(streamId, userId),
                row -> new StreamChat(row.getUUID("stream_id"), row.getUUID("channel_id"), row.getBoolean("is_in")));
    }

    /** Makes the channel of a stream, if there is the one, and not yet the other. */
    Uni<Void> open(Transaction transaction, UUID streamId, UUID channelId, Instant now) {
        return transaction
                .execute(OPEN, Tuple.of(streamId, channelId, utc(now)))
                .replaceWithVoid();
    }

    /** Lets a user in, unless they are banned or the stream is gone. */
    Uni<Void> enter(Transaction transaction, StreamChat chat, UUID userId, Instant now) {
        return transaction
                .executeAfter(
                        ChannelStatement.LOCK,
                        Tuple.of(chat.channelId()),
                        ENTER,
                        Tuple.of(chat.channelId(), userId, utc(now), chat.streamId()))
                .replaceWithVoid();
    }

    /** Locks the chat of a stream until the transaction of Panache ends; emits null where it has none. */
    Uni<UUID> lock(UUID streamId) {
        return Panache.getSession()
                .chain(session -> session.createNativeQuery(LOCK_CHAT, UUID.class)
                        .setParameter(1, streamId)
                        .getSingleResultOrNull());
    }

    /** Makes a moderator of a member, or a member of a moderator, whom the stream made one; emits null where it did not. */
    Uni<MembershipView> follow(UUID channelId, UUID userId, boolean isModerator) {
        String role = isModerator ? "moderator" : "member";
        return Panache.getSession()
                .chain(session -> session.createNativeQuery(FOLLOW, OffsetDateTime.class)
                        .setParameter(1, channelId)
                        .setParameter(2, userId)
                        .setParameter(3, role)
                        .setParameter(4, isModerator ? "member" : "moderator")
                        .getSingleResultOrNull())
                .map(joinedAt ->
                        joinedAt == null ? null : new MembershipView(channelId, userId, role, joinedAt.toInstant()));
    }

    private static OffsetDateTime utc(Instant moment) {
        return moment.atOffset(ZoneOffset.UTC);
    }
}
