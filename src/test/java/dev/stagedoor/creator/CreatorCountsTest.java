package dev.stagedoor.creator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stagedoor.support.Api;
import dev.stagedoor.support.Database;
import dev.stagedoor.support.StagedoorTest;
import dev.stagedoor.support.Together;
import java.util.List;
import org.junit.jupiter.api.Test;

/** That what is kept of sessions and ratings is what counting them again gives. */
@StagedoorTest
class CreatorCountsTest {

    private static final int CONNECTIONS = 8;
    private static final int WRITES = 100_000;

    private final String mark = Api.uniqueName();

    /** Each of them committed by itself; what the schema refuses, a session begun twice at once among it, and what is not there, does not count. */
    private static final String WRITE = """
            DO $$
            DECLARE
                session uuid;
                dice double precision;
                done integer := 0;
                affected integer;
                states text[] := '{completed,completed,completed,cancelled,expired,no_show}';
            BEGIN
                PERFORM set_config('synchronous_commit', 'off', false);
                WHILE done < %2$d LOOP
                    session := md5('%1$s' || floor(random() * 4000)::int)::uuid;
                    dice := random();
                    BEGIN
                        IF dice < 0.4 THEN
                            INSERT INTO creator_session AS known
                            SELECT session, c.id, u.id, states[1 + floor(random() * 6)::int], now(), now() + interval '1 hour',
                                   0, NULL, NULL, now(), now()
                            FROM app_user c, app_user u
                            WHERE lower(c.username) = '%1$sc' || abs(hashtext(session::text)) %% 50
                              AND lower(u.username) = '%1$s'
                            ON CONFLICT (id) DO UPDATE SET status = excluded.status
                            WHERE NOT EXISTS (SELECT FROM session_rating WHERE session_id = known.id);
                        ELSIF dice < 0.8 THEN
                            INSERT INTO session_rating
                            SELECT id, creator_id, 1 + floor(random() * 5)::int, '', now(), now()
                            FROM creator_session WHERE id = session AND status = 'completed'
                            ON CONFLICT (session_id) DO UPDATE SET stars = excluded.stars;
                        ELSIF dice < 0.95 THEN
                            DELETE FROM session_rating WHERE session_id = session;
                        ELSE
                            DELETE FROM creator_session
                            WHERE id = session AND NOT EXISTS (SELECT FROM session_rating WHERE session_id = session);
                        END IF;
                        GET DIAGNOSTICS affected = ROW_COUNT;
                    EXCEPTION WHEN foreign_key_violation OR unique_violation THEN
                        affected := 0;
                    END;
                    done := done + affected;
                    COMMIT;
                END LOOP;
            END $$
            """;

    private static final String RECOUNTED = """
            SELECT c.session_count = s.count AND c.rating_count = r.count AND c.rating_sum = r.sum
                   AND c.rating_score = (r.sum + 35) / (r.count + 10)::double precision
                   AND s.count > 0 AND r.count > 0
            FROM creator c
            JOIN app_user u ON u.id = c.id
            CROSS JOIN LATERAL (SELECT count(*) FROM creator_session WHERE creator_id = c.id AND status = 'completed') s
            CROSS JOIN LATERAL (SELECT count(*), coalesce(sum(stars), 0) AS sum FROM session_rating WHERE creator_id = c.id) r
            WHERE u.username LIKE '%sc%%'
            """;

    private static final String COUNTED = " FROM app_user WHERE username LIKE '%sc%%')";

    @Test
    void countsAreThoseOfARecountAfterManyWritesAtOnce() {
        Database.change("""
                INSERT INTO app_user (id, username, display_name, role, created_at)
                SELECT uuid_v7(now()), '%1$s' || coalesce('c' || n, ''), 'Counted', 'user', now()
                FROM (SELECT NULL AS n UNION ALL SELECT generate_series(0, 49)) people
                """.formatted(mark));
        Database.change("""
                INSERT INTO creator (id, headline, price_tokens, session_minutes, time_zone, words, created_at)
                SELECT id, 'Counted', 0, 60, 'UTC', '', now() FROM app_user WHERE username LIKE '%sc%%'
                """.formatted(mark));

        List<Integer> done = Together.run(CONNECTIONS, i -> {
            Database.runAlone(WRITE.formatted(mark, WRITES / CONNECTIONS));
            return i;
        });

        assertThat(done).hasSize(CONNECTIONS);
        assertThat(Database.query(RECOUNTED.formatted(mark))).hasSize(50).containsOnly("t");
        assertThat(Database.query(
                        "DELETE FROM session_rating WHERE creator_id IN (SELECT id" + COUNTED.formatted(mark),
                        "DELETE FROM creator_session WHERE creator_id IN (SELECT id" + COUNTED.formatted(mark),
                        "SELECT session_count + rating_count + rating_sum FROM creator WHERE id IN (SELECT id"
                                + COUNTED.formatted(mark)))
                .hasSize(50)
                .containsOnly("0");
    }
}
