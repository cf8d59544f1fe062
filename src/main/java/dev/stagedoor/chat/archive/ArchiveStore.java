package dev.stagedoor.chat.archive;

import dev.stagedoor.platform.text.SearchableText;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.function.Function;

/**
 * Takes an archive in through a temporary table: PostgreSQL sorts it by time and finds what stands twice, on disk if need
 * be, so that the size of the file does not matter here.
 */
@ApplicationScoped
class ArchiveStore {

    /** What marks users and nothing else that came out of archives. */
    private static final String ISSUER = "archive";

    /** One import at a time in the cluster: two of the same rooms would wait for each other. */
    private static final long IMPORT_LOCK = 0x5A6EL;

    private static final String LOCK = "SELECT pg_try_advisory_lock($1) AS locked";
    private static final String UNLOCK = "SELECT pg_advisory_unlock($1)";

    private static final String CREATE_STAGE = """
            CREATE TEMPORARY TABLE archive_line (
                room_id text, room_uri text, sent_at timestamptz, user_id text, username text, message_id text, text text,
                has_link boolean, folded text, grams integer[],
                PRIMARY KEY (room_id, message_id)
            )
            """;

    private static final String DROP_STAGE = "DROP TABLE archive_line";

    private static final String STAGE = """
            INSERT INTO archive_line
            SELECT room_id, room_uri, sent_at, user_id, username, message_id, text, has_link, folded, grams::integer[]
            FROM unnest($1::text[], $2::text[], $3::timestamptz[], $4::text[], $5::text[], $6::text[], $7::text[],
                        $8::boolean[], $9::text[], $10::text[])
                AS line (room_id, room_uri, sent_at, user_id, username, message_id, text, has_link, folded, grams)
            ON CONFLICT (room_id, message_id) DO NOTHING
            """;

    /** Serves the batches in time order; messages of one moment go by their ids, whatever the order of the file. */
    private static final String INDEX_STAGE =
            "CREATE INDEX ON archive_line (room_id, sent_at, message_id COLLATE \"C\")";

    private static final String ANALYZE_STAGE = "ANALYZE archive_line";

    /**
     * A name that is taken, here or twice in the archive, gets the user's id behind it; where that is taken too, which
     * takes intent, an id that nobody can know before.
     */
    private static final String ADD_USERS = """
            WITH named AS (
                SELECT DISTINCT ON (user_id) user_id, username, sent_at
                FROM archive_line
                ORDER BY user_id, sent_at DESC
            ), numbered AS (
                SELECT user_id, username, left(username, 119 - char_length(user_id)) || '-' || user_id AS long_name,
                       row_number() OVER (PARTITION BY lower(username) ORDER BY user_id) AS holder
                FROM named
                WHERE NOT EXISTS (SELECT FROM app_user WHERE issuer = $1 AND external_id = user_id)
            ), checked AS (
                SELECT user_id, username, long_name,
                       holder = 1 AND NOT EXISTS (
                           SELECT FROM app_user WHERE lower(app_user.username) = lower(numbered.username)) AS is_free,
                       count(*) OVER (PARTITION BY lower(long_name)) = 1 AND NOT EXISTS (
                           SELECT FROM app_user WHERE lower(app_user.username) = lower(long_name)) AND NOT EXISTS (
                           SELECT FROM named WHERE lower(named.username) = lower(long_name)) AS long_is_free
                FROM numbered
            )
            INSERT INTO app_user (id, username, display_name, role, issuer, external_id, created_at)
            SELECT uuid_v7(now()),
                   CASE WHEN is_free THEN username
                        WHEN long_is_free THEN long_name
                        ELSE left(username, 83) || '-' || gen_random_uuid() END,
                   username, 'user', $1, user_id, now()
            FROM checked
            """;

    private static final String ADD_CHANNELS = """
            INSERT INTO channel (id, name, visibility, external_id, created_at, activity_at)
            SELECT uuid_v7(min(sent_at)), min(room_uri), 'public', room_id, min(sent_at), min(sent_at)
            FROM archive_line
            GROUP BY room_id
            ON CONFLICT (external_id) DO NOTHING
            """;

    private static final String ADD_MEMBERS = """
            INSERT INTO membership (channel_id, user_id, role, joined_at)
            SELECT channel.id, app_user.id, 'member', min(line.sent_at)
            FROM archive_line line
            JOIN channel ON channel.external_id = line.room_id
            JOIN app_user ON app_user.issuer = $1 AND app_user.external_id = line.user_id
            GROUP BY channel.id, app_user.id
            ON CONFLICT (channel_id, user_id) DO NOTHING
            """;

    private static final String JOIN_PUBLIC_CHANNELS = """
            INSERT INTO membership (channel_id, user_id, role, joined_at, read_seq)
            SELECT channel.id, app_user.id, 'member', now(), channel.last_seq
            FROM channel CROSS JOIN app_user
            WHERE channel.visibility = 'public' AND lower(app_user.username) = lower($1)
            ON CONFLICT (channel_id, user_id) DO NOTHING
            """;

    private static final String LIST_ROOMS = "SELECT DISTINCT room_id FROM archive_line ORDER BY room_id";

    private static final String ADD_MESSAGES = """
            WITH batch AS MATERIALIZED (
                SELECT sent_at, message_id, user_id, text, has_link, folded, grams
                FROM archive_line
                WHERE room_id = $2 AND (sent_at, message_id COLLATE "C") > ($3, $4)
                ORDER BY sent_at, message_id COLLATE "C"
                LIMIT $5
            ), fresh AS MATERIALIZED (
                SELECT batch.*, app_user.id AS author_id,
                       row_number() OVER (ORDER BY batch.sent_at, batch.message_id COLLATE "C") AS place
                FROM batch
                JOIN app_user ON app_user.issuer = $1 AND app_user.external_id = batch.user_id
                WHERE NOT EXISTS (
                    SELECT FROM message JOIN channel ON channel.id = message.channel_id
                    WHERE channel.external_id = $2 AND message.external_id = batch.message_id
                )
            ), grown AS (
                UPDATE channel
                SET last_seq = last_seq + (SELECT count(*) FROM fresh),
                    last_change = last_change + (SELECT count(*) FROM fresh),
                    activity_at = greatest(activity_at, (SELECT max(sent_at) FROM fresh))
                WHERE external_id = $2
                RETURNING id, last_seq, last_change
            ), logged AS (
                INSERT INTO channel_change (channel_id, change, type, seq, actor_id)
                SELECT grown.id, grown.last_change - (SELECT count(*) FROM fresh) + place, 'created',
                       grown.last_seq - (SELECT count(*) FROM fresh) + place, author_id
                FROM fresh CROSS JOIN grown
            ), added AS (
                INSERT INTO message (channel_id, seq, id, author_id, text, sent_at, external_id, deleted_at)
                SELECT grown.id, grown.last_seq - (SELECT count(*) FROM fresh) + place,
                       uuid_v7(sent_at), author_id, text, sent_at, message_id, CASE WHEN text = '' THEN sent_at END
                FROM fresh CROSS JOIN grown
                RETURNING id, channel_id, author_id, external_id
            ), searchable AS (
                INSERT INTO message_search (id, channel_id, author_id, has_link, text, grams)
                SELECT added.id, added.channel_id, added.author_id, fresh.has_link, fresh.folded, fresh.grams
                FROM added JOIN fresh ON fresh.message_id = added.external_id
                WHERE fresh.text <> ''
            )
            SELECT (SELECT count(*) FROM added) AS added, sent_at, message_id
            FROM batch
            ORDER BY sent_at DESC, message_id COLLATE "C" DESC
            LIMIT 1
            """;

    /** Who wrote in an archive has read it; who was in the channel before has not. */
    private static final String MARK_READ = """
            UPDATE membership
            SET read_seq = channel.last_seq
            FROM channel, app_user
            WHERE channel.external_id = $2
              AND membership.channel_id = channel.id
              AND app_user.id = membership.user_id
              AND app_user.issuer = $1
              AND membership.read_seq < channel.last_seq
            """;

    private final Pool pool;

    ArchiveStore(Pool pool) {
        this.pool = pool;
    }

    /** The place in a room up to which messages are in. */
    record Position(OffsetDateTime sentAt, String messageId) {

        static final Position START = new Position(OffsetDateTime.of(1, 1, 1, 0, 0, 0, 0, ZoneOffset.UTC), "");
    }

    /** What one statement added, and where the next one goes on. */
    record Added(long messages, Position position) {}

    /** Runs the work with a stage of its own; emits null, without running it, while another import is under way. */
    <T> Uni<T> withStage(Function<Stage, Uni<T>> work) {
        return pool.getConnection()
                .chain(connection -> tryLock(connection)
                        .chain(locked -> locked
                                ? staged(connection, work)
                                : Uni.createFrom().nullItem())
                        .eventually(connection::close));
    }

    /** Makes the user a member of every public channel. */
    Uni<Void> joinPublicChannels(String username) {
        return pool.preparedQuery(JOIN_PUBLIC_CHANNELS)
                .execute(Tuple.of(username))
                .replaceWithVoid();
    }

    private static Uni<Boolean> tryLock(SqlConnection connection) {
        return connection
                .preparedQuery(LOCK)
                .execute(Tuple.of(IMPORT_LOCK))
                .map(rows -> rows.iterator().next().getBoolean("locked"));
    }

    private static <T> Uni<T> staged(SqlConnection connection, Function<Stage, Uni<T>> work) {
        return connection
                .query(CREATE_STAGE)
                .execute()
                .chain(() -> work.apply(new Stage(connection)))
                .eventually(() -> connection.query(DROP_STAGE).execute())
                .eventually(() -> connection.preparedQuery(UNLOCK).execute(Tuple.of(IMPORT_LOCK)));
    }

    /** The temporary table, on the one connection that has it. */
    static final class Stage {

        private final SqlConnection connection;

        private Stage(SqlConnection connection) {
            this.connection = connection;
        }

        /** Emits how many of the lines did not stand in the archive before. */
        Uni<Integer> add(List<ArchiveLine> lines) {
            return execute(STAGE, columns(lines)).map(RowSet::rowCount);
        }

        private static Tuple columns(List<ArchiveLine> lines) {
            List<SearchableText> searchable =
                    lines.stream().map(line -> SearchableText.of(line.text())).toList();
            return Tuple.tuple()
                    .addValue(texts(lines, ArchiveLine::roomId))
                    .addValue(texts(lines, ArchiveLine::roomUri))
                    .addValue(lines.stream()
                            .map(line -> line.sentAt().atOffset(ZoneOffset.UTC))
                            .toArray(OffsetDateTime[]::new))
                    .addValue(texts(lines, ArchiveLine::userId))
                    .addValue(texts(lines, ArchiveLine::username))
                    .addValue(texts(lines, ArchiveLine::messageId))
                    .addValue(texts(lines, ArchiveLine::text))
                    .addValue(searchable.stream().map(SearchableText::hasLink).toArray(Boolean[]::new))
                    .addValue(texts(searchable, SearchableText::folded))
                    .addValue(texts(searchable, SearchableText::gramsLiteral));
        }

        private static <T> String[] texts(List<T> lines, Function<T, String> column) {
            return lines.stream().map(column).toArray(String[]::new);
        }

        /** Ends the adding of lines and begins the reading of them. */
        Uni<Void> complete() {
            return connection
                    .query(INDEX_STAGE)
                    .execute()
                    .chain(() -> connection.query(ANALYZE_STAGE).execute())
                    .replaceWithVoid();
        }

        /** Emits how many users are new. */
        Uni<Integer> addUsers() {
            return execute(ADD_USERS, Tuple.of(ISSUER)).map(RowSet::rowCount);
        }

        /** Emits how many channels are new. */
        Uni<Integer> addChannels() {
            return connection.query(ADD_CHANNELS).execute().map(RowSet::rowCount);
        }

        Uni<Void> addMembers() {
            return execute(ADD_MEMBERS, Tuple.of(ISSUER)).replaceWithVoid();
        }

        Uni<List<String>> listRooms() {
            return connection
                    .query(LIST_ROOMS)
                    .execute()
                    .map(rows ->
                            rows.stream().map(row -> row.getString("room_id")).toList());
        }

        /** Adds the room's next messages in one statement; emits null where there are no more. */
        Uni<Added> addMessages(String roomId, Position after, int maxMessages) {
            return execute(ADD_MESSAGES, Tuple.of(ISSUER, roomId, after.sentAt(), after.messageId(), maxMessages))
                    .map(rows -> rows.size() == 0 ? null : added(rows.iterator().next()));
        }

        Uni<Void> markRead(String roomId) {
            return execute(MARK_READ, Tuple.of(ISSUER, roomId)).replaceWithVoid();
        }

        private static Added added(Row row) {
            return new Added(
                    row.getLong("added"), new Position(row.getOffsetDateTime("sent_at"), row.getString("message_id")));
        }

        private Uni<RowSet<Row>> execute(String sql, Tuple parameters) {
            return connection.preparedQuery(sql).execute(parameters);
        }
    }
}
