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

    private static final String CHANNEL = "SELECT c.id, c.name, c.description, c.visibility, c.member_count,"
            + " c.created_at, c.activity_at, " + ChatRows.MESSAGE_COLUMNS;

    private static final String LAST_MESSAGE = """

            LEFT JOIN message m ON m.channel_id = c.id AND m.seq = c.last_seq
            LEFT JOIN app_user u ON u.id = m.author_id
            """;

    private static final String PAGE_ORDER = """
              AND ($2::timestamptz IS NULL OR (c.activity_at, c.id) < ($2, $3::uuid))
            ORDER BY c.activity_at DESC, c.id DESC
            LIMIT $4
            """;

    private static final String MINE = CHANNEL + """

            FROM membership own JOIN channel c ON c.id = own.channel_id\
            """ + LAST_MESSAGE + "WHERE own.user_id = $1\n" + PAGE_ORDER;

    /** The first parameter is not needed here; both lists are asked the same way. */
    private static final String PUBLIC =
            CHANNEL + """

            FROM channel c\
            """ + LAST_MESSAGE + "WHERE c.visibility = 'public' AND $1::uuid IS NOT NULL\n" + PAGE_ORDER;

    private static final String FIND = CHANNEL + """

            FROM channel c\
            """ + LAST_MESSAGE + """
            WHERE c.id = $1
              AND (c.visibility = 'public'
                   OR EXISTS (SELECT FROM membership own WHERE own.channel_id = c.id AND own.user_id = $2))
            """;

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

    /** Where the last page ended; null for the first. */
    record Position(Instant activityAt, UUID id) {}

    /** What someone is to a channel; the role is null for who is not a member. */
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
        return reads.list(MINE, page(userId, after, rows), ChannelQueries::listed);
    }

    /** All public channels, most recently active first. */
    Uni<List<Listed>> listPublic(UUID userId, Position after, int rows) {
        return reads.listStale(PUBLIC, page(userId, after, rows), ChannelQueries::listed);
    }

    private static Tuple page(UUID userId, Position after, int rows) {
        return after == null
                ? Tuple.of(userId, null, null, rows)
                : Tuple.of(userId, after.activityAt().atOffset(ZoneOffset.UTC), after.id(), rows);
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
        return new Listed(ChatRows.channel(row), ChatRows.instant(row, "activity_at"));
    }
}
