package dev.stagedoor.availability;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stagedoor.support.Plans;
import dev.stagedoor.support.StagedoorTest;
import java.util.List;
import org.junit.jupiter.api.Test;

@StagedoorTest
class EventPlansTest {

    private static final String ID = "'00000000-0000-0000-0000-000000000001'";
    private static final String NOW = "'2026-12-07T09:00:00Z'";

    @Test
    void anEventAndAllWhoTakePartAreFoundByTheTokenInOneStatement() {
        for (String statement : List.of(GroupEventStore.FIND, GroupEventStore.EXISTS)) {
            assertThat(Plans.of(statement, "'\\x00', " + NOW))
                    .contains("Index Scan using group_event_token_key")
                    .doesNotContain("Seq Scan");
        }
        assertThat(Plans.of(GroupEventStore.FIND, "'\\x00', " + NOW))
                .contains("Index Scan using group_event_participant_event_key");
        assertThat(Plans.of(GroupEventStore.LOCK, "'\\x00'")).contains("Index Scan using group_event_token_key");
    }

    @Test
    void answersAreWrittenByTheIndexOfWhoTakesPart() {
        assertThat(Plans.of(ParticipantStore.ANSWER, ID + ", '{}', '{}', '{}', '{}'"))
                .contains("Index Scan using group_event_participant_")
                .doesNotContain("Seq Scan");
        assertThat(Plans.of(ParticipantStore.LEAVE, ID + ", " + ID))
                .contains("Index Scan using group_event_participant_")
                .doesNotContain("Seq Scan");
    }

    @Test
    void whatIsLeftToTellIsFoundByItsIndexes() {
        assertThat(Plans.of(EventNewsStore.LEFT, NOW + ", 100")).contains("using group_event_news_idx");
        assertThat(Plans.of(EventNewsStore.CLAIM_ALL_ANSWERED, NOW + ", " + NOW + ", 100"))
                .contains("using group_event_all_answered_idx");
        assertThat(Plans.of(EventNewsStore.TAKE, ID + ", " + NOW)).contains("Index Scan using group_event_");
        assertThat(Plans.of(EventNewsStore.CHANGED, ID + ", " + NOW + ", " + NOW))
                .contains("Index Scan using group_event_pk");
        assertThat(Plans.of(EventNewsStore.TOLD_ALL_ANSWERED, "'{}', '{}'")).doesNotContain("Seq Scan");
    }

    @Test
    void whatHasExpiredIsFoundByItsIndex() {
        assertThat(Plans.of(EventPurgeStore.PURGE, NOW + ", 100"))
                .contains("using group_event_expires_idx")
                .doesNotContain("Seq Scan");
    }
}
