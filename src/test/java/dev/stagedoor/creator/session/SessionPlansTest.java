package dev.stagedoor.creator.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stagedoor.support.Plans;
import dev.stagedoor.support.StagedoorTest;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Of the seed's indexes on sessions: by user and by creator, each with the order in which they are listed. */
@StagedoorTest
class SessionPlansTest {

    private static final String ID = "'00000000-0000-0000-0000-000000000001'";
    private static final String START = "'ffffffff-ffff-ffff-ffff-ffffffffffff'";

    /** Two hundred users, who have all booked all of twenty creators. */
    private static final List<String> ROWS = List.of("""
            INSERT INTO app_user (id, username, display_name, role, created_at)
            SELECT uuid_v7(now()), 'planned-' || n, 'Planned', 'user', now() FROM generate_series(1, 200) n
            """, """
            INSERT INTO creator (id, headline, price_tokens, session_minutes, time_zone, created_at)
            SELECT id, 'Planned', 0, 60, 'UTC', now() FROM app_user WHERE username ~ '^planned-.*0$'
            """, """
            INSERT INTO creator_session (id, creator_id, user_id, status, starts_at, ends_at, price_tokens, refundable_until, created_at)
            SELECT gen_random_uuid(), c.id, u.id, 'cancelled', now(), now() + interval '1 hour', 0, now(), now()
            FROM creator c JOIN app_user u ON u.id <> c.id, generate_series(1, 2)
            WHERE c.headline = 'Planned' AND u.username LIKE 'planned-%'
            """, "ANALYZE creator_session");

    /** And of each creator two hundred sessions that are held and as many that are confirmed, none of them due. */
    private static final List<String> OPEN_ROWS = List.of(ROWS.get(0), ROWS.get(1), """
            INSERT INTO creator_session (id, creator_id, user_id, status, starts_at, ends_at, hold_expires_at, price_tokens,
                                         refundable_until, created_at)
            SELECT gen_random_uuid(), c.id, u.id, CASE WHEN n % 2 = 0 THEN 'hold' ELSE 'confirmed' END,
                   now() + n * interval '2 hours', now() + n * interval '2 hours' + interval '1 hour',
                   now() + n * interval '2 hours', 0, now(), now()
            FROM creator c CROSS JOIN generate_series(1, 400) n
            JOIN app_user u ON u.username = 'planned-1'
            WHERE c.headline = 'Planned'
            """, "ANALYZE creator_session");

    @Test
    void sessionsAreListedFromTheIndexesOfBothRoles() {
        assertThat(Plans.of(ROWS, SessionQueries.PAGE, ID + ", " + START + ", 51"))
                .contains("Index Scan using creator_session_user_idx")
                .contains("Index Scan using creator_session_creator_idx")
                .doesNotContain("Seq Scan");
        assertThat(Plans.of(ROWS, SessionQueries.PAGE_OF_STATUS, ID + ", " + START + ", 51, 'cancelled'"))
                .contains("Index Scan using creator_session_user_idx")
                .doesNotContain("Seq Scan");
    }

    @Test
    void sharedSessionsAreListedFromTheIndexOfBoth() {
        String parameters = ID + ", ARRAY[" + ID + "]::uuid[], " + START + ", 21";
        for (String plan : List.of(
                Plans.of(ROWS, SessionQueries.PAGES, parameters),
                Plans.of(ROWS, SessionQueries.PAGES_OF_STATUS, parameters + ", 'cancelled'"))) {
            assertThat(plan)
                    .contains("Index Scan using creator_session_pair_idx")
                    .contains("Index Scan using creator_session_user_idx")
                    .contains("Index Scan using creator_session_creator_idx")
                    .doesNotContain("Seq Scan");
        }
    }

    @Test
    void whatIsTakenIsFoundByTheIndexOfTheConstraint() {
        String time = ID + ", '2026-12-01 10:00Z', '2026-12-01 11:00Z', '2026-11-22 00:00Z'";
        assertThat(Plans.of(SessionStore.IS_TAKEN, time + ", " + ID)).contains("Index Scan using creator_session_slot");
        assertThat(Plans.of(SessionStore.OVERDUE, time)).contains("Index Scan using creator_session_slot");
    }

    @Test
    void whatIsDueIsFoundByIndexesOfNoOthers() {
        assertThat(Plans.of(OPEN_ROWS, SessionStore.DUE_HOLDS, "now(), 100"))
                .contains("Index Scan using creator_session_hold_idx");
        assertThat(Plans.of(OPEN_ROWS, SessionStore.DUE_SETTLEMENTS, "now(), 100"))
                .contains("Index Scan using creator_session_open_idx");
    }

    @Test
    void ratingsAreListedByTheirCreator() {
        assertThat(Plans.of(RatingStore.PAGE, ID + ", " + START + ", 51"))
                .contains("Index Scan using session_rating_creator_idx")
                .doesNotContain("Seq Scan");
    }

    @Test
    void ratingsOfManyAreFoundByTheirIndexes() {
        String many = "ARRAY[" + ID + "]::uuid[]";
        assertThat(Plans.of(RatingStore.PAGES, many + ", ARRAY[" + START + "]::uuid[], 21"))
                .contains("Index Scan using session_rating_creator_idx")
                .doesNotContain("Seq Scan");
        assertThat(Plans.of(RatingStore.FIND_ALL, many))
                .contains("Index Scan using session_rating_pk")
                .doesNotContain("Seq Scan");
    }
}
