package dev.stagedoor.chat;

import dev.stagedoor.platform.db.Reads;
import io.quarkus.runtime.annotations.RegisterForReflection;
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

    /** The channels of {@code c}, chosen before their last messages are looked up. */
    private static final String WITH_LAST_MESSAGE = """
            SELECT c.id, c.name, c.description, c.visibility, c.member_count, c.created_at, c.activity_at,
            """ + ChatRows.MESSAGE_COLUMNS + """

            FROM c
            LEFT JOIN message m ON m.channel_id = c.id AND m.seq = c.last_seq
            LEFT JOIN app_user u ON u.id = m.author_id
            ORDER BY c.activity_at DESC, c.id DESC
            """;

    private static final String MINE = """
            WITH c AS (
                SELECT channel.*
                FROM membership own JOIN channel ON channel.id = own.channel_id
                WHERE own.user_id = $4 AND (channel.activity_at, channel.id) < ($1, $2)
                ORDER BY channel.activity_at DESC, channel.id DESC
                LIMIT $3
            )
            """ + WITH_LAST_MESSAGE;

    private static final String IDS_OF_MINE = "SELECT channel_id FROM membership WHERE user_id = $1";

    private static final String PUBLIC = """
            WITH c AS (
                SELECT *
                FROM channel
                WHERE visibility = 'public' AND (activity_at, id) < ($1, $2)
                ORDER BY activity_at DESC, id DESC
                LIMIT $3
            )
            """ + WITH_LAST_MESSAGE;

    private static final String FIND = """
            WITH c AS (
                SELECT *
                FROM channel
                WHERE id = $1
                  AND (visibility = 'public'
                       OR EXISTS (SELECT FROM membership WHERE channel_id = $1 AND user_id = $2))
            )
            """ + WITH_LAST_MESSAGE;

    private static final String ACCESS = """
            SELECT c.visibility, own.role
            FROM channel c LEFT JOIN membership own ON own.channel_id = c.id AND own.user_id = $2
            WHERE c.id = $1
            """;

    private final Reads reads;

    ChannelQueries(Reads reads) {
        this.reads = reads;
    }

    /** A channel in a list, with what the list is sorted by. */
    record Listed(ChannelView view, Instant activityAt) {}

    /** Where the last page ended. */
    record Position(Instant activityAt, UUID id) {

        /** Before the first row; a value, and not null, lets the index find the page. */
        static final Position START = new Position(Instant.parse("9999-12-31T00:00:00Z"), new UUID(-1, -1));
    }

    /** What someone is to a channel; the role is null for who is not a member. */
    @RegisterForReflection
    record Access(Visibility visibility, String role) {

        boolean isMember() {
            return role != null;
        }

        boolean isOwner() {
            return "owner".equals(role);
        }
    }

    /** The user's channels, most recently active first. */
    Uni<List<Listed>> listMine(UUID userId, Position after, int rows) {
        return reads.list(MINE, page(after, rows).addUUID(userId), ChannelQueries::listed);
    }

    /** The ids of all channels that the user is in. */
    Uni<List<UUID>> idsOfMine(UUID userId) {
        return reads.list(IDS_OF_MINE, Tuple.of(userId), row -> row.getUUID("channel_id"));
    }

    /** All public channels, most recently active first. */
    Uni<List<Listed>> listPublic(Position after, int rows) {
        return reads.listStale(PUBLIC, page(after, rows), ChannelQueries::listed);
    }

    private static Tuple page(Position after, int rows) {
        return Tuple.of(after.activityAt().atOffset(ZoneOffset.UTC), after.id(), rows);
    }

    /** Emits null where there is no channel, or none that the user may know of. */
    Uni<ChannelView> find(UUID id, UUID userId) {
        return reads.first(FIND, Tuple.of(id, userId), ChatRows::channel);
    }

    /** Emits null where there is no channel. */
    Uni<Access> findAccess(UUID id, UUID userId) {
        return reads.first(
                ACCESS,
                Tuple.of(id, userId),
                row -> new Access(Visibility.of(row.getString("visibility")), row.getString("role")));
    }

    private static Listed listed(Row row) {
        return new Listed(ChatRows.channel(row), Reads.instant(row, "activity_at"));
    }
}
