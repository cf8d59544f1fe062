package dev.stagedoor.platform.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QueryMeterTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "SELECT 1 | select",
                "select * from app_user where id = $1 for update | select",
                "'  \n\tSelect 1' | select",
                "SELECT(1) | select",
                "INSERT INTO message SELECT 1 | insert",
                "update app_user set role = 'x' | update",
                "DELETE FROM api_key | delete",
                "BEGIN | begin",
                "COMMIT | commit",
                "ROLLBACK | rollback",
                "BEGIN; SELECT 1 | begin",
                "CREATE TABLE x () | other",
                "LISTEN topic | other",
                "/* hint */ SELECT 1 | other",
                "'' | other",
                "'   ' | other"
            })
    void aStatementIsOfTheTypeOfItsFirstWord(String sql, String type) {
        assertThat(QueryMeter.type(sql)).isEqualTo(type);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "WITH a AS (SELECT 1) SELECT * FROM a | select",
                "WITH a AS (SELECT 1 FOR UPDATE) SELECT * FROM a | select",
                "WITH a AS (SELECT 1 FOR UPDATE OF b SKIP LOCKED) SELECT * FROM a | select",
                "WITH a AS (SELECT last_update AS insert_count FROM b) SELECT * FROM a | select",
                "WITH a AS (SELECT last_update FROM b) SELECT * FROM a | select",
                "with a as (insert into b values (1) returning id) select id from a | insert",
                "'WITH a AS (SELECT 1) INSERT\nINTO b SELECT * FROM a' | insert",
                "WITH a AS (SELECT 1) DELETE FROM b USING a | delete",
                "WITH a AS (INSERT INTO b VALUES (1)) UPDATE c SET d = 1 | update",
                "WITH a AS (INSERT INTO b VALUES (1) ON CONFLICT DO UPDATE SET c = 1) SELECT 1 | insert"
            })
    void aQueryWithNamedPartsIsOfTheTypeOfWhatTheyChange(String sql, String type) {
        assertThat(QueryMeter.type(sql)).isEqualTo(type);
    }

    @Test
    void theTypesAreFewWhateverTheStatements() {
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        QueryMeter meter = new QueryMeter(registry);

        for (int i = 0; i < 1_000; i++) {
            meter.responseEnd(meter.requestBegin("command" + i + " x", null));
            meter.requestReset(meter.requestBegin("SELECT " + i, null));
        }

        assertThat(registry.find("database_query_duration_seconds").timers())
                .extracting(timer -> timer.getId().getTag("query_type") + " " + timer.count())
                .containsExactlyInAnyOrder("other 1000", "select 1000");
    }
}
