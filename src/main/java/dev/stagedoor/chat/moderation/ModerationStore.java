package dev.stagedoor.chat.moderation;

import dev.stagedoor.chat.ChannelAccess;
import dev.stagedoor.chat.ChannelStatement;
import dev.stagedoor.chat.Visibility;
import dev.stagedoor.platform.db.Reads;
import dev.stagedoor.platform.db.Transaction;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;

/** Writes what moderators do, and reads it. */
@ApplicationScoped
class ModerationStore {

    /** A statement of its own: it sees what was committed before the lock was had. */
    private static final String STANDING = """
            SELECT c.visibility, own.role, other.role AS other_role, other.joined_at AS other_joined_at,
                   app_user.id IS NOT NULL AS exists,
                   (SELECT count(*) FROM membership WHERE channel_id = c.id AND role = 'owner') AS owners
            FROM channel c
            LEFT JOIN membership own ON own.channel_id = c.id AND own.user_id = $2
            LEFT JOIN app_user ON app_user.id = $3
            LEFT JOIN membership other ON other.channel_id = c.id AND other.user_id = app_user.id
            WHERE c.id = $1
            """;

    private static final String ACT = """
            INSERT INTO moderation_act (id, channel_id, actor_id, action, user_id, seq, reason, details, acted_at)
            VALUES (uuid_v7($8), $1, $2, $3, $4, $5, $6, $7, $8)
            """;

    private static final String CHANGE_ROLE = "UPDATE membership SET role = $3 WHERE channel_id = $1 AND user_id = $2";

    private static final String SILENCE =
            "UPDATE membership SET silenced_until = $3 WHERE channel_id = $1 AND user_id = $2";

    private static final String BAN = """
            WITH removed AS (
                DELETE FROM membership WHERE channel_id = $1 AND user_id = $2
            )
            INSERT INTO channel_ban (channel_id, user_id, until, reason, banned_at)
            VALUES ($1, $2, $3, $4, $5)
            ON CONFLICT (channel_id, user_id)
                DO UPDATE SET until = excluded.until, reason = excluded.reason, banned_at = excluded.banned_at
            """;

    private static final String UNBAN = "DELETE FROM channel_ban WHERE channel_id = $1 AND user_id = $2";

    static final String BANS = """
            SELECT channel_id, user_id, until, reason, banned_at
            FROM channel_ban
            WHERE channel_id = $1 AND user_id > $2 AND (until IS NULL OR until > $3)
            ORDER BY user_id
            LIMIT $4
            """;

    private static final String SETTINGS =
            "SELECT slow_mode_seconds, blocked_words, retention_days FROM channel WHERE id = $1";

    private static final String UPDATE_SETTINGS = """
            UPDATE channel
            SET slow_mode_seconds = coalesce($2, slow_mode_seconds), blocked_words = coalesce($3, blocked_words),
                retention_days = nullif(coalesce($4, retention_days), 0)
            WHERE id = $1
            RETURNING slow_mode_seconds, blocked_words, retention_days
            """;

    static final String ACTS = """
            SELECT id, actor_id, action, user_id, seq, reason, details, acted_at
            FROM moderation_act
            WHERE channel_id = $1 AND id < $2
            ORDER BY id DESC
            LIMIT $3
            """;

    private final Reads reads;

    ModerationStore(Reads reads) {
        this.reads = reads;
    }

    /**
     * What two people are to a channel.
     *
     * @param otherRole null, as since when, where the other is not a member
     * @param otherExists whether there is such a user
     * @param owners how many there are
     */
    record Standing(ChannelAccess access, Role otherRole, Instant otherJoinedAt, boolean otherExists, long owners) {

        boolean outranksOther() {
            return Role.of(access.role()).outranks(otherRole);
        }
    }

    /** Something to put on record; what it is not about is null. */
    record Act(UUID channelId, UUID actorId, Action action, UUID userId, Long seq, String reason, JsonObject details) {

        static Act on(UUID channelId, UUID actorId, Action action, UUID userId, String reason) {
            return new Act(channelId, actorId, action, userId, null, reason, new JsonObject());
        }

        Act about(long message) {
            return new Act(channelId, actorId, action, userId, message, reason, details);
        }

        Act with(String name, Object detail) {
            return new Act(
                    channelId,
                    actorId,
                    action,
                    userId,
                    seq,
                    reason,
                    details.copy().put(name, detail));
        }
    }

    /** Locks the channel until the transaction ends; emits null where there is none. */
    Uni<Standing> lock(Transaction transaction, UUID channelId, UUID callerId, UUID otherId) {
        return transaction
                .executeAfter(
                        ChannelStatement.LOCK, Tuple.of(channelId), STANDING, Tuple.of(channelId, callerId, otherId))
                .map(rows -> rows.size() == 0 ? null : standing(rows.iterator().next()));
    }

    private static Standing standing(Row row) {
        String otherRole = row.getString("other_role");
        return new Standing(
                new ChannelAccess(Visibility.of(row.getString("visibility")), row.getString("role")),
                otherRole == null ? null : Role.of(otherRole),
                Reads.instant(row, "other_joined_at"),
                row.getBoolean("exists"),
                row.getLong("owners"));
    }

    Uni<Void> put(Transaction transaction, Act act, Instant now) {
        Tuple parameters = Tuple.of(
                        act.channelId(), act.actorId(), act.action().wireName(), act.userId(), act.seq(), act.reason())
                .addJsonObject(act.details())
                .addOffsetDateTime(utc(now));
        return transaction.execute(ACT, parameters).replaceWithVoid();
    }

    Uni<Void> changeRole(Transaction transaction, UUID channelId, UUID userId, Role role) {
        return transaction
                .execute(CHANGE_ROLE, Tuple.of(channelId, userId, role.wireName()))
                .replaceWithVoid();
    }

    /** @param until null where they may write again */
    Uni<Void> silence(Transaction transaction, UUID channelId, UUID userId, Instant until) {
        return transaction
                .execute(SILENCE, Tuple.of(channelId, userId, utc(until)))
                .replaceWithVoid();
    }

    Uni<Void> ban(Transaction transaction, BanView ban) {
        Tuple parameters = Tuple.of(ban.channelId(), ban.userId(), utc(ban.until()), ban.reason(), utc(ban.bannedAt()));
        return transaction.execute(BAN, parameters).replaceWithVoid();
    }

    /** Emits whether they were banned. */
    Uni<Boolean> unban(Transaction transaction, UUID channelId, UUID userId) {
        return transaction.execute(UNBAN, Tuple.of(channelId, userId)).map(rows -> rows.rowCount() > 0);
    }

    Uni<List<BanView>> bans(UUID channelId, UUID after, Instant now, int rows) {
        return reads.list(
                BANS,
                Tuple.of(channelId, after, utc(now), rows),
                row -> new BanView(
                        row.getUUID("channel_id"),
                        row.getUUID("user_id"),
                        Reads.instant(row, "until"),
                        row.getString("reason"),
                        Reads.instant(row, "banned_at")));
    }

    Uni<SettingsView> settings(UUID channelId) {
        return reads.first(SETTINGS, Tuple.of(channelId), ModerationStore::settings);
    }

    /** @param blockedWords as patterns; null where they stay */
    Uni<SettingsView> updateSettings(
            Transaction transaction, UUID channelId, UpdateSettingsRequest request, String[] blockedWords) {
        Tuple parameters = Tuple.of(channelId, request.slowModeSeconds())
                .addArrayOfString(blockedWords)
                .addInteger(request.retentionDays());
        return transaction
                .execute(UPDATE_SETTINGS, parameters)
                .map(rows -> settings(rows.iterator().next()));
    }

    private static SettingsView settings(Row row) {
        List<String> words = List.of(row.getArrayOfStrings("blocked_words"));
        return new SettingsView(
                row.getInteger("slow_mode_seconds"),
                words.stream().map(String::strip).toList(),
                row.getInteger("retention_days"));
    }

    /** Newest first. */
    Uni<List<ActView>> acts(UUID channelId, UUID before, int rows) {
        return reads.list(
                ACTS,
                Tuple.of(channelId, before, rows),
                row -> new ActView(
                        row.getUUID("id"),
                        row.getUUID("actor_id"),
                        Action.of(row.getString("action")),
                        row.getUUID("user_id"),
                        row.getLong("seq"),
                        row.getString("reason"),
                        row.getJsonObject("details").getMap(),
                        Reads.instant(row, "acted_at")));
    }

    private static OffsetDateTime utc(Instant instant) {
        return instant == null ? null : instant.atOffset(ZoneOffset.UTC);
    }
}
