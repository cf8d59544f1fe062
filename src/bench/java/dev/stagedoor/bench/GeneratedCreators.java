package dev.stagedoor.bench;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/** A database of many creators and their sessions: a few of whom most people book. */
final class GeneratedCreators {

    private static final List<String> STATEMENTS = List.of(
            // Past the service, and without its triggers, which would take longer.
            "SET session_replication_role = replica",
            "SET synchronous_commit = off",
            """
            INSERT INTO app_user (id, username, display_name, role, created_at)
            SELECT uuid_v7(at), 'creator' || n, 'Creator ' || n, 'user', at
            FROM (SELECT n, now() - interval '5 minutes' * (100000 - n) AS at FROM generate_series(1, 100000) n) people
            """,
            """
            INSERT INTO creator (id, headline, bio, categories, languages, price_tokens, session_minutes, time_zone, words,
                                 created_at)
            SELECT id, 'Learn with ' || display_name, 'Lessons for who begins, and for who goes on. Ask me anything.',
                   ARRAY['category ' || hashtext(username) % 100], ARRAY[CASE WHEN hashtext(username) % 3 = 0 THEN 'de' ELSE 'en' END],
                   100 + abs(hashtext(username)) % 400, 60, 'Europe/Berlin', words_of(username || ' ' || display_name),
                   created_at
            FROM app_user WHERE username LIKE 'creator%'
            """,
            """
            INSERT INTO creator_hours (creator_id, day, from_minute, to_minute)
            SELECT id, day, 540, 1020 FROM creator CROSS JOIN generate_series(1, 5) day ORDER BY id, day
            """,
            """
            CREATE TEMP TABLE numbered AS
            SELECT id, row_number() OVER (ORDER BY md5(id::text)) AS n FROM creator
            """,
            "CREATE UNIQUE INDEX ON numbered (n)",
            "ANALYZE numbered",
            """
            INSERT INTO creator_session (id, creator_id, user_id, status, starts_at, ends_at, price_tokens, refundable_until,
                                         created_at)
            SELECT uuid_v7(at), c.id, u.id, CASE WHEN s % 10 < 8 THEN 'completed' ELSE 'cancelled' END,
                   at, at + interval '1 hour', 0, at, at
            FROM (
                SELECT s, now() - interval '15 seconds' * (2000000 - s) AS at,
                       1 + floor(99999 * power(random(), 2))::integer AS creator,
                       1 + floor(99999 * random())::integer AS guest
                FROM generate_series(1, 2000000) s
            ) sessions
            JOIN numbered c ON c.n = creator
            JOIN numbered u ON u.n = CASE WHEN guest = creator THEN guest + 1 ELSE guest END
            """,
            """
            INSERT INTO session_rating (session_id, creator_id, stars, created_at, updated_at)
            SELECT id, creator_id, 1 + floor(5 * power(random(), 0.4))::integer, created_at, created_at
            FROM creator_session WHERE status = 'completed' AND random() < 0.5
            """,
            """
            UPDATE creator SET session_count = counted.sessions, rating_count = counted.ratings, rating_sum = counted.stars
            FROM (
                SELECT s.creator_id, count(*) AS sessions, count(r.stars) AS ratings, coalesce(sum(r.stars), 0) AS stars
                FROM creator_session s LEFT JOIN session_rating r ON r.session_id = s.id
                WHERE s.status = 'completed'
                GROUP BY s.creator_id
            ) counted
            WHERE counted.creator_id = creator.id
            """);

    private GeneratedCreators() {}

    /** 100,000 creators with 2,000,000 sessions. */
    static void fill(Installation installation, String database) {
        try (Connection connection = installation.connect(database);
                Statement statement = connection.createStatement()) {
            for (String sql : STATEMENTS) {
                Benchmarks.progress("%s", sql.strip().lines().findFirst().orElseThrow());
                statement.execute(sql);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        installation.settle(database);
    }
}
