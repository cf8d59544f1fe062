package dev.stagedoor.wallet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stagedoor.support.Plans;
import dev.stagedoor.support.StagedoorTest;
import org.junit.jupiter.api.Test;

/** Of the seed's indexes on tokens (by user, by time), an account has both in one. */
@StagedoorTest
class WalletPlansTest {

    private static final String USER = "'00000000-0000-0000-0000-000000000001'";

    @Test
    void theNewestEntriesOfAUserAreReadByTheirSequence() {
        assertThat(Plans.of(WalletQueries.NEWEST, USER + ", 9223372036854775807, 51"))
                .contains("Index Scan using token_account_key")
                .contains("Index Scan Backward using entry_pk")
                .contains("Index Scan using entry_transfer_idx")
                .doesNotContain("Sort Key: entry.seq")
                .doesNotContain("Seq Scan");
    }

    @Test
    void aStatementGoesOnWhereItsLastPageEnded() {
        assertThat(Plans.of(WalletQueries.STATEMENT, USER + ", 100, '9999-12-31', 2000"))
                .contains("Index Scan using entry_pk")
                .doesNotContain("Sort Key: entry.seq")
                .doesNotContain("Seq Scan");
    }

    @Test
    void theBalanceAtSomeTimeIsThatOfTheLastEntryBefore() {
        assertThat(Plans.of(WalletQueries.LAST_BEFORE, USER + ", '2026-01-01'"))
                .contains("Index Scan Backward using entry_created_idx")
                .doesNotContain("Seq Scan");
    }

    @Test
    void aWalletIsReadByItsUser() {
        assertThat(Plans.of(WalletQueries.WALLET, USER)).contains("Index Scan using token_account_key");
    }

    @Test
    void holdsAreReadFromTheIndexesOfBothRoles() {
        assertThat(Plans.of(HoldStore.PAGE, USER + ", 'ffffffff-ffff-ffff-ffff-ffffffffffff', 51"))
                .contains("Index Scan using token_hold_payer_idx")
                .contains("Index Scan using token_hold_payee_idx")
                .doesNotContain("Seq Scan");
    }

    @Test
    void holdsThatAreDueAreFoundByAnIndexOfNoOthers() {
        assertThat(Plans.of(HoldStore.EXPIRE, "200")).contains("Index Scan using token_hold_due_idx");
    }

    @Test
    void whatIsPostedTouchesRowsByTheirKeys() {
        assertThat(Plans.of(LedgerStore.STANDINGS, "ARRAY['user'], ARRAY[" + USER + "]::uuid[]"))
                .contains("Index Scan using token_account_key")
                .doesNotContain("Seq Scan on token_account");
    }
}
