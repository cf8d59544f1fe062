package dev.stagedoor.chat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stagedoor.support.Plans;
import dev.stagedoor.support.StagedoorTest;
import org.junit.jupiter.api.Test;

/** The seed has indexes on messages by sender, by recipient and by time: these do what it wanted them for. */
@StagedoorTest
class MessagePlansTest {

    private static final String ID = "'00000000-0000-0000-0000-000000000001'";

    @Test
    void pagesAreReadInTheOrderOfTimeByTheirSequence() {
        assertThat(Plans.of(MessageStore.BEFORE, ID + ", 100, 51"))
                .contains("Index Scan Backward using message_pk")
                .doesNotContain("Seq Scan");
        assertThat(Plans.of(MessageStore.AFTER, ID + ", 100, 51"))
                .contains("Index Scan using message_pk")
                .doesNotContain("Seq Scan");
    }

    @Test
    void aSenderFindsWhatTheySentByTheirOwnId() {
        assertThat(Plans.of(MessageStore.FIND_BY_CLIENT_ID, ID + ", 'c-1'"))
                .contains("Index Scan using message_client_key");
    }

    @Test
    void theMessagesToOnePersonAreThoseOfTheOneChannelOfTwo() {
        assertThat(Plans.of("SELECT id FROM channel WHERE direct_key = $1", "'one:other'"))
                .contains("using channel_direct_key");
    }

    @Test
    void whatAClientMissedIsReadFromWhereItWas() {
        assertThat(Plans.of(MessageChangeStore.SYNC, ID + ", 100, 101"))
                .contains("Index Scan using channel_change_pk")
                .contains("Index Scan using message_pk")
                .doesNotContain("Seq Scan", "Sort");
    }

    @Test
    void repliesAndPinsAreReadInTheirOrder() {
        assertThat(Plans.of(MessageChangeStore.REPLIES, ID + ", 1, 0, 51"))
                .contains("Index Scan using message_reply_idx")
                .doesNotContain("Seq Scan", "Sort");
        assertThat(Plans.of(MessageChangeStore.PINS, ID))
                .contains("Index Scan using message_pinned_idx")
                .doesNotContain("Seq Scan", "Sort");
    }

    @Test
    void whatIsUnreadIsCountedFromIndexes() {
        assertThat(Plans.of(ReadMarkerStore.UNREAD, ID))
                .contains("using membership_user_idx")
                .contains("Index Only Scan using mention_pk")
                .doesNotContain("Seq Scan");
    }
}
