package dev.stagedoor.bench;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A database of a million messages: chat archives, imported by the program and replayed into more channels, and all of that
 * once more into one. The archives are those of the folder that the environment names as ARCHIVES, else the one that comes with the
 * program.
 */
final class GrownArchive {

    /** In channels like those of the archives; as many again in one. */
    private static final int MESSAGES = 500_000;

    private static final String OWN = "src/main/resources/demo";

    private static final String COUNT = "SELECT count(*) FROM message";

    /** Past the service, and without its triggers, which would take longer. */
    private static final List<String> GROW = List.of(
            "SET session_replication_role = replica",
            "SET synchronous_commit = off",
            """
            CREATE TEMP TABLE replayed AS
            SELECT c.id AS original, n, md5(c.id::text || n)::uuid AS id
            FROM channel c CROSS JOIN generate_series(2, %1$d) n
            """,
            """
            INSERT INTO channel (id, name, description, visibility, external_id, created_at, activity_at, last_seq,
                                 member_count, last_change)
            SELECT r.id, c.name || ' ' || n, c.description, c.visibility, c.external_id || '-' || n, c.created_at,
                   c.activity_at, c.last_seq, c.member_count, c.last_seq
            FROM replayed r JOIN channel c ON c.id = r.original
            """,
            """
            INSERT INTO membership (channel_id, user_id, role, joined_at, read_seq)
            SELECT r.id, m.user_id, m.role, m.joined_at, m.read_seq
            FROM replayed r JOIN membership m ON m.channel_id = r.original
            """,
            """
            CREATE TEMP TABLE said AS
            SELECT r.id AS channel_id, m.seq, m.channel_id AS original, m.seq AS original_seq, m.id AS original_id,
                   uuid_v7(m.sent_at) AS id
            FROM replayed r JOIN message m ON m.channel_id = r.original
            """,
            """
            INSERT INTO channel (id, name, visibility, external_id, created_at, activity_at, last_seq, last_change)
            SELECT md5('all')::uuid, 'all of it', 'public', 'all', min(sent_at), max(sent_at), count(*) * %1$d, count(*) * %1$d
            FROM message
            """,
            """
            INSERT INTO said (channel_id, seq, original, original_seq, original_id, id)
            SELECT md5('all')::uuid, row_number() OVER (ORDER BY m.sent_at, n, m.id), m.channel_id, m.seq, m.id,
                   uuid_v7(m.sent_at)
            FROM message m CROSS JOIN generate_series(1, %1$d) n
            """,
            """
            INSERT INTO message (channel_id, seq, id, author_id, text, sent_at, external_id, deleted_at)
            SELECT s.channel_id, s.seq, s.id, m.author_id, m.text, m.sent_at, s.id::text, m.deleted_at
            FROM said s JOIN message m ON m.channel_id = s.original AND m.seq = s.original_seq
            """,
            """
            INSERT INTO channel_change (channel_id, change, type, seq, actor_id)
            SELECT s.channel_id, s.seq, 'created', s.seq, m.author_id
            FROM said s JOIN message m ON m.channel_id = s.original AND m.seq = s.original_seq
            """,
            """
            CREATE TEMP TABLE dropped AS
            SELECT indexname, indexdef FROM pg_indexes WHERE tablename = 'message_search' AND indexdef LIKE '%%USING gin%%'
            """,
            """
            DO $$ DECLARE index text; BEGIN
                FOR index IN SELECT indexname FROM dropped LOOP EXECUTE 'DROP INDEX ' || index; END LOOP;
            END $$
            """,
            """
            INSERT INTO message_search (id, channel_id, author_id, has_link, text, grams)
            SELECT s.id, s.channel_id, m.author_id, m.has_link, m.text, m.grams
            FROM said s JOIN message_search m ON m.id = s.original_id
            """,
            "SET maintenance_work_mem = '512MB'",
            """
            DO $$ DECLARE index text; BEGIN
                FOR index IN SELECT indexdef FROM dropped LOOP EXECUTE index; END LOOP;
            END $$
            """);

    private GrownArchive() {}

    /** @param build imports the archives */
    static void fill(Installation installation, String database, Build build) throws IOException {
        for (Path archive : archives()) {
            Benchmarks.progress("Importing %s", archive.getFileName());
            Map<String, String> environment = installation.environment(database, Installation.freePort());
            Build command = build.with("import-archive", archive.toString());
            try (Program program = Program.start(command, environment, installation.file("import.log"))) {
                program.awaitEnd();
            }
        }
        try (Connection connection = installation.connect(database);
                Statement statement = connection.createStatement()) {
            grow(statement);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        installation.settle(database);
    }

    private static List<Path> archives() throws IOException {
        List<Path> archives = new ArrayList<>();
        String folder = System.getenv().getOrDefault("ARCHIVES", OWN);
        try (DirectoryStream<Path> files = Files.newDirectoryStream(Path.of(folder), "*.tsv")) {
            files.forEach(archives::add);
        }
        return archives;
    }

    private static void grow(Statement statement) throws SQLException {
        int times = -Math.floorDiv(-MESSAGES, count(statement));
        Benchmarks.progress("Replaying it %d times", times);
        for (String sql : GROW) {
            Benchmarks.progress("%s", sql.strip().lines().findFirst().orElseThrow());
            statement.execute(sql.formatted(times));
        }
        Benchmarks.progress("There are %,d messages", count(statement));
    }

    private static int count(Statement statement) throws SQLException {
        try (ResultSet rows = statement.executeQuery(COUNT)) {
            rows.next();
            return rows.getInt(1);
        }
    }
}
