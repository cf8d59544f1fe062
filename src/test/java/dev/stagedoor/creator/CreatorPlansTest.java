package dev.stagedoor.creator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stagedoor.support.Plans;
import dev.stagedoor.support.StagedoorTest;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** That lists, slots, users and sessions have their indexes, and that pages are right however far they have to look. */
@StagedoorTest
class CreatorPlansTest {

    private static final String NOBODY = "'00000000-0000-0000-0000-000000000000'";

    /** As many as to make PostgreSQL choose as it does for many; the first 2,500 in every order are in other categories. */
    private static final List<String> MANY = List.of("""
            INSERT INTO app_user (id, username, display_name, role, created_at)
            SELECT gen_random_uuid(), 'many' || n, 'Nick ' || n % 100, 'user', now() FROM generate_series(1, 3000) n
            """, """
            INSERT INTO creator (id, headline, categories, languages, price_tokens, session_minutes, time_zone, words,
                                 created_at, session_count, rating_count, rating_sum)
            SELECT id, 'Headline', CASE WHEN n > 2500 THEN '{far}' ELSE '{near}' END::text[],
                   CASE WHEN n % 10 = 0 THEN '{de,en}' ELSE '{en}' END::text[], n / 7, 60, 'UTC', '',
                   now() + interval '1000 years' - interval '1 minute' * (n / 7), 10000 - n / 7, 10000, 50000 - n / 7
            FROM (SELECT id, substr(username, 5)::int AS n FROM app_user WHERE username LIKE 'many%') many
            """, "ANALYZE creator");

    private static CreatorFilter filter(CreatorSort sort, boolean category, boolean language, boolean words) {
        return CreatorFilter.of(sort, category ? "c" : null, language ? "en" : null, words ? "nick 7" : null);
    }

    private static String explained(List<String> before, String... statements) {
        List<String> all = new ArrayList<>(before);
        all.add("SET LOCAL enable_seqscan = off");
        all.add("SET LOCAL enable_sort = off");
        all.add("SET LOCAL plan_cache_mode = force_generic_plan");
        all.addAll(List.of(statements));
        return Plans.run(all);
    }

    @ParameterizedTest
    @CsvSource({
        "RATING,   'Infinity', creator_rating_idx",
        "SESSIONS, 1000000,    creator_sessions_idx",
        "NEWEST,   'infinity', creator_created_idx",
        "PRICE,    -1,         creator_price_idx"
    })
    void everyOrderHasAnIndex(CreatorSort sort, String start, String index) {
        String all = explained(
                MANY,
                "PREPARE page AS " + CreatorQueries.pageStatement(filter(sort, false, false, false)),
                "EXPLAIN EXECUTE page(" + quoted(start) + ", " + NOBODY + ", 51)");
        String filtered = explained(
                MANY,
                "PREPARE page AS " + CreatorQueries.pageStatement(filter(sort, true, true, true)),
                "EXPLAIN EXECUTE page(" + quoted(start) + ", " + NOBODY + ", 51, 'c', 'en', '''a'':*')");

        assertThat(all).containsOnlyOnce("using " + index + " ").doesNotContain("Seq Scan on creator");
        assertThat(filtered)
                // Walks twice, the second time for where the first one ended; what is beyond comes from its own index.
                .containsPattern("(?s)using " + index + " .*using " + index + " .*on creator_search_idx")
                .doesNotContain("Seq Scan on creator");
    }

    private static String quoted(String literal) {
        return literal.matches("-?\\d+") ? literal : "'" + literal.replace("'", "") + "'";
    }

    @ParameterizedTest
    @CsvSource({"true, false, false", "false, true, false", "false, false, true", "true, false, true"})
    void everyFilterHasAnIndex(boolean category, boolean language, boolean words) {
        CreatorFilter filter = filter(CreatorSort.RATING, category, language, words);
        String more = (category ? ", 'c'" : "") + (language ? ", 'en'" : "") + (words ? ", '''a'':*'" : "");

        assertThat(explained(
                        MANY,
                        "PREPARE page AS " + CreatorQueries.pageStatement(filter),
                        "EXPLAIN EXECUTE page('Infinity', " + NOBODY + ", 51" + more + ")"))
                .contains("on creator_search_idx")
                .doesNotContain("Seq Scan on creator");
    }

    /** Compared with what sorts all that match, from several places on. */
    @ParameterizedTest
    @EnumSource
    void aPageIsRightHoweverFarItHasToLook(CreatorSort sort) {
        List<String> conditions = List.of(
                "categories @> '{far}'",
                "categories @> '{near}' AND languages @> '{de}'",
                "languages @> '{en}' AND words @@ '''nick'':* & ''7'':*'::tsquery",
                "categories @> '{far}' AND words @@ '''nick'':* & ''99'':*'::tsquery",
                "categories @> '{absent}'");
        List<String> compared = new ArrayList<>();
        for (String condition : conditions) {
            for (int offset : List.of(0, 300, 2300)) {
                compared.add(compared(sort, condition, offset));
            }
        }

        List<String> statements = new ArrayList<>(MANY);
        statements.add(String.join(" UNION ALL ", compared));
        String results = Plans.run(statements);

        assertThat(results.lines())
                .hasSize(conditions.size() * 3)
                .allMatch(result -> result.startsWith("same"))
                .contains("same 51")
                .contains("same 0");
    }

    private static String compared(CreatorSort sort, String condition, int offset) {
        String order = "%1$s %2$s, id %2$s".formatted(sort.column(), sort.direction());
        String key = "(SELECT %s FROM creator ORDER BY %s OFFSET %d LIMIT 1)";
        String from = key.formatted(sort.column(), order, offset);
        String id = key.formatted("id", order, offset);
        // The statement with its parameters written out, and this condition instead of its own.
        String page = CreatorQueries.pageStatement(filter(sort, true, false, false))
                .replace("categories @> ARRAY[$4::text]", condition)
                .replace("$1", from)
                .replace("$2", id)
                .replace("$3", "51");
        String simple = "SELECT id FROM creator WHERE (%s, id) %s (%s, %s) AND %s ORDER BY %s LIMIT 51"
                .formatted(sort.column(), sort.isAfter(), from, id, condition, order);
        return """
                SELECT CASE WHEN ours IS NOT DISTINCT FROM simple THEN 'same ' ELSE 'different ' END
                       || coalesce(array_length(simple, 1), 0)
                FROM (SELECT (SELECT array_agg(id) FROM (%s) a) AS ours, (SELECT array_agg(id) FROM (%s) b) AS simple) pages
                """.formatted(page, simple);
    }

    @Test
    void takenTimeComesFromTheIndexThatKeepsSessionsApart() {
        assertThat(Plans.of(CreatorQueries.TAKEN, NOBODY + ", now()")).contains("using creator_session_slot ");
    }

    /** What lists of users and sessions are read by; a creator is one by its own row, and ids are ordered by time. */
    @ParameterizedTest
    @CsvSource(quoteCharacter = '`', delimiter = '|', textBlock = """
            SELECT id FROM app_user WHERE lower(username) = lower($1)                          | 'ada'              | app_user_username_key
            SELECT EXISTS (SELECT FROM creator WHERE id = $1)                                  | gen_random_uuid()  | creator_pk
            SELECT id FROM creator_session WHERE user_id = $1 ORDER BY id DESC LIMIT 50        | gen_random_uuid()  | creator_session_user_idx
            SELECT id FROM creator_session WHERE creator_id = $1 ORDER BY id DESC LIMIT 50     | gen_random_uuid()  | creator_session_creator_idx
            SELECT id FROM creator_session WHERE id > $1 ORDER BY id LIMIT 50                  | uuid_v7(now())     | `creator_session_(pk|rated_key)`
            SELECT session_id FROM session_rating WHERE creator_id = $1 ORDER BY session_id DESC LIMIT 50 | gen_random_uuid() | session_rating_creator_idx
            """)
    void usersAndSessionsAreFoundByTheirIndexesAndNeedNoSort(String statement, String parameter, String index) {
        assertThat(Plans.of(statement, parameter))
                .containsPattern("(using|on) " + index)
                .doesNotContain("Sort");
    }

    @Test
    void whatIsTakenOfManyAndWhoTheyAreHasIndexes() {
        String many = "ARRAY[" + NOBODY + "]::uuid[]";
        assertThat(Plans.of(CreatorQueries.TAKEN_OF_ALL, many + ", '2026-12-01', '2026-12-15'"))
                .contains("using creator_session_slot")
                .doesNotContain("Seq Scan");
        assertThat(Plans.of(CreatorRows.ALL, many))
                .contains("using creator_pk", "using app_user_pk", "using creator_hours_pk")
                .doesNotContain("Seq Scan on creator ");
    }
}
