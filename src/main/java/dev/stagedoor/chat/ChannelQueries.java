package dev.stagedoor.chat;

import dev.stagedoor.platform.db.Reads;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;

/** Reads channels. */
@ApplicationScoped
class ChannelQueries {

    /** What a channel {@code c} and a membership {@code own}, perhaps, have to do with a list. */
    private static final String COLUMNS = """
            c.id, c.name, c.description, c.visibility, c.stream_id, c.member_count, c.created_at, c.activity_at, c.first_seq,
            c.last_seq, c.last_change,
            own.user_id, own.role, own.read_seq, own.is_muted, own.is_pinned\
            """;

    /** The channels of {@code c}, chosen before their last messages and mentions are looked up. */
    private static final String WITH_LAST_MESSAGE = """
            SELECT c.*, c.last_seq - c.read_seq AS unread, CASE WHEN c.user_id IS NOT NULL THEN (
                       SELECT count(*)
                       FROM mention
                       WHERE mention.user_id = c.user_id AND mention.channel_id = c.id AND mention.seq > c.read_seq
                   ) END AS unread_mentions,
            """ + ChatRows.MESSAGE_COLUMNS + """

            FROM c
            LEFT JOIN message m ON m.channel_id = c.id AND m.seq = c.last_seq
            LEFT JOIN app_user u ON u.id = m.author_id
            ORDER BY\s""";

    private static final String MINE =
            """
            WITH c AS (
                SELECT %s
                FROM membership own JOIN channel c ON c.id = own.channel_id
                WHERE own.user_id = $4 AND own.is_listed AND (own.is_pinned, c.activity_at, c.id) < ($5, $1, $2)
                ORDER BY own.is_pinned DESC, c.activity_at DESC, c.id DESC
                LIMIT $3
            )
            """.formatted(COLUMNS) + WITH_LAST_MESSAGE + "c.is_pinned DESC, c.activity_at DESC, c.id DESC";

    private static final String IDS_OF_MINE = "SELECT channel_id FROM membership WHERE user_id = $1 AND is_listed";

    private static final String PUBLIC = """
            WITH c AS (
                SELECT %s
                FROM channel c LEFT JOIN membership own ON own.channel_id = c.id AND own.user_id = $4
                WHERE c.visibility = 'public' AND (c.activity_at, c.id) < ($1, $2)
                ORDER BY c.activity_at DESC, c.id DESC
                LIMIT $3
            )
            """.formatted(COLUMNS) + WITH_LAST_MESSAGE + "c.activity_at DESC, c.id DESC";

    private static final String FIND = """
            WITH c AS (
                SELECT %s
                FROM channel c LEFT JOIN membership own ON own.channel_id = c.id AND own.user_id = $2
                WHERE c.id = $1 AND (c.visibility = 'public' OR own.user_id IS NOT NULL)
            )
            """.formatted(COLUMNS) + WITH_LAST_MESSAGE + "c.id";

    private static final String ACCESS = """
            SELECT c.visibility, own.role
            FROM channel c LEFT JOIN membership own ON own.channel_id = c.id AND own.user_id = $2
            WHERE c.id = $1
            """;

    private static final String BANNED = """
            SELECT true AS is_banned
            FROM channel_ban
            WHERE channel_id = $1 AND user_id = $2 AND (until IS NULL OR until > $3)
            """;

    private final Reads reads;

    ChannelQueries(Reads reads) {
        this.reads = reads;
    }

    /** A channel in a list, with what the list is sorted by. */
    record Listed(ChannelView view, Instant activityAt) {}

    /**
     * Where the last page ended.
     *
     * @param isPinned of no consequence where the list is not someone's
     */
    record Position(boolean isPinned, Instant activityAt, UUID id) {

        /** Before the first row; a value, and not null, lets the index find the page. */
        static final Position START = new Position(true, Instant.parse("9999-12-31T00:00:00Z"), new UUID(-1, -1));
    }

    /** The user's channels, pinned ones before others, most recently active first. */
    Uni<List<Listed>> listMine(UUID userId, Position after, int rows) {
        return reads.list(MINE, page(after, rows, userId).addBoolean(after.isPinned()), ChannelQueries::listed);
    }

    /** The ids of all channels that the user is in, but for those of streams. */
    Uni<List<UUID>> idsOfMine(UUID userId) {
        return reads.list(IDS_OF_MINE, Tuple.of(userId), row -> row.getUUID("channel_id"));
    }

    /** All public channels, most recently active first, as the user sees them. */
    Uni<List<Listed>> listPublic(UUID userId, Position after, int rows) {
        return reads.list(PUBLIC, page(after, rows, userId), ChannelQueries::listed);
    }

    private static Tuple page(Position after, int rows, UUID userId) {
        return Tuple.of(after.activityAt().atOffset(ZoneOffset.UTC), after.id(), rows, userId);
    }

    /** Emits null where there is no channel, or none that the user may know of. */
    Uni<ChannelView> find(UUID id, UUID userId) {
        return reads.first(FIND, Tuple.of(id, userId), ChatRows::channel);
    }

    /** Emits null where there is no channel. */
    Uni<ChannelAccess> findAccess(UUID id, UUID userId) {
        return reads.first(
                ACCESS,
                Tuple.of(id, userId),
                row -> new ChannelAccess(Visibility.of(row.getString("visibility")), row.getString("role")));
    }

    /** Whether someone may not come back into a channel yet. */
    Uni<Boolean> isBanned(UUID channelId, UUID userId, Instant now) {
        return reads.first(
                        BANNED,
                        Tuple.of(channelId, userId, now.atOffset(ZoneOffset.UTC)),
                        row -> row.getBoolean("is_banned"))
                .map(Boolean.TRUE::equals);
    }

    private static Listed listed(Row row) {
        return new Listed(ChatRows.channel(row), Reads.instant(row, "activity_at"));
    }
}
