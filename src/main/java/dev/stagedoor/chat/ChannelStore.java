package dev.stagedoor.chat;

import dev.stagedoor.platform.db.Transaction;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.UUID;

/** Writes memberships; creating them together with their channel is part of the channel's transaction. */
@ApplicationScoped
class ChannelStore {

    private static final String ADD_ALL = """
            insert into membership (channel_id, user_id, role, joined_at)
            select ?1, app_user.id, case when app_user.id = ?2 then 'owner' else 'member' end, ?3
            from app_user where app_user.id = any (?4) and app_user.erased_at is null
            """;

    /**
     * Joining twice is joining; what was said before is not unread, and who was muted still is. The update of what is there changes nothing: it makes the statement answer with a row that
     * a concurrent one has just added, which a query beside the insert would not see. A new row has no xmax.
     */
    private static final String ADD = """
            INSERT INTO membership (channel_id, user_id, role, joined_at, read_seq, silenced_until, last_sent_at, is_listed)
            SELECT channel.id, app_user.id, 'member', $3, channel.last_seq, former.silenced_until, former.last_sent_at,
                   channel.visibility <> 'stream'
            FROM channel
            CROSS JOIN app_user
            LEFT JOIN former_member former ON former.channel_id = channel.id AND former.user_id = app_user.id
            WHERE channel.id = $1 AND app_user.id = $2 AND app_user.erased_at IS NULL
              AND NOT EXISTS (
                  SELECT FROM channel_ban
                  WHERE channel_id = $1 AND user_id = $2 AND (until IS NULL OR until > $3)
              )
            ON CONFLICT (channel_id, user_id) DO UPDATE SET joined_at = membership.joined_at
            RETURNING channel_id, user_id, role, joined_at, xmax = 0 AS added
            """;

    /**
     * After the channel is locked. Owners remove moderators and members, moderators members, and who removes another is on
     * record. A channel with others in it keeps an owner.
     */
    private static final String REMOVE = """
            WITH caller AS (
                SELECT role FROM membership WHERE channel_id = $1 AND user_id = $3
            ), removed AS (
                DELETE FROM membership
                USING caller
                WHERE channel_id = $1 AND user_id = $2
                  AND CASE WHEN $2 <> $3 THEN
                          (caller.role = 'owner' AND membership.role <> 'owner')
                          OR (caller.role = 'moderator' AND membership.role = 'member')
                      ELSE membership.role <> 'owner'
                           OR EXISTS (SELECT FROM membership WHERE channel_id = $1 AND user_id <> $2 AND role = 'owner')
                           OR NOT EXISTS (SELECT FROM membership WHERE channel_id = $1 AND user_id <> $2)
                      END
                RETURNING channel_id, user_id
            ), acted AS (
                INSERT INTO moderation_act (id, channel_id, actor_id, action, user_id, acted_at)
                SELECT uuid_v7(now()), channel_id, $3, 'removed', user_id, now() FROM removed WHERE user_id <> $3
            )
            SELECT FROM removed
            """;

    private static final String UPDATE = """
            WITH changed AS (
                UPDATE membership
                SET is_muted = coalesce($3, is_muted), is_pinned = coalesce($4, is_pinned)
                WHERE channel_id = $1 AND user_id = $2
                  AND (is_muted <> $3 OR is_pinned <> $4)
                RETURNING 1
            )
            SELECT EXISTS (SELECT FROM changed) AS has_changed FROM membership WHERE channel_id = $1 AND user_id = $2
            """;

    /** A membership, and whether it is new. */
    record Joined(MembershipView view, boolean isNew) {}

    /** Emits how many of the users exist and are members now. Call it inside a transaction of Panache. */
    Uni<Integer> addAll(UUID channelId, UUID ownerId, UUID[] userIds, Instant now) {
        return Panache.getSession()
                .chain(session -> session.createNativeQuery(ADD_ALL)
                        .setParameter(1, channelId)
                        .setParameter(2, ownerId)
                        .setParameter(3, now.atOffset(ZoneOffset.UTC))
                        .setParameter(4, userIds)
                        .executeUpdate());
    }

    /** Emits null where there is no such user, or one who is banned. */
    Uni<Joined> add(Transaction transaction, UUID channelId, UUID userId, Instant now) {
        OffsetDateTime joinedAt = now.atOffset(ZoneOffset.UTC);
        return transaction
                .executeAfter(ChannelStatement.LOCK, Tuple.of(channelId), ADD, Tuple.of(channelId, userId, joinedAt))
                .map(ChannelStore::joined);
    }

    private static Joined joined(RowSet<Row> rows) {
        if (rows.size() == 0) {
            return null;
        }
        Row row = rows.iterator().next();
        return new Joined(ChatRows.membership(row), row.getBoolean("added"));
    }

    /** Emits whether that changed anything; null for who is not a member. */
    Uni<Boolean> update(Transaction transaction, UUID channelId, UUID userId, UpdateMembershipRequest request) {
        return transaction
                .execute(UPDATE, Tuple.of(channelId, userId, request.muted(), request.pinned()))
                .map(rows -> rows.size() == 0 ? null : rows.iterator().next().getBoolean("has_changed"));
    }

    /** Emits whether the user was a member whom the caller may remove. */
    Uni<Boolean> remove(Transaction transaction, UUID channelId, UUID userId, UUID callerId) {
        return transaction
                .executeAfter(ChannelStatement.LOCK, Tuple.of(channelId), REMOVE, Tuple.of(channelId, userId, callerId))
                .map(rows -> rows.rowCount() > 0);
    }
}
