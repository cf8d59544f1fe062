package dev.stagedoor.wallet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stagedoor.support.Api.Person;
import dev.stagedoor.support.Database;
import dev.stagedoor.support.StagedoorTest;
import dev.stagedoor.support.Tokens;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@StagedoorTest
class LedgerConstraintsTest {

    private final String transfer = UUID.randomUUID().toString();
    private Person rich;
    private Person other;

    @BeforeEach
    void signUp() {
        rich = Tokens.rich(100);
        other = Tokens.rich(10);
    }

    private static String accountOf(Person person) {
        return "(SELECT id FROM token_account WHERE user_id = '" + person.id() + "' AND kind = 'user')";
    }

    private String transferred() {
        return "INSERT INTO transfer (id, kind, created_at) VALUES ('" + transfer + "', 'tip', now())";
    }

    private String entered(Person person, long amount) {
        return """
                INSERT INTO entry (account_id, seq, transfer_id, amount, balance, created_at)
                SELECT id, last_seq + 1, '%s', %d, balance + %d, now() FROM token_account WHERE id = %s
                """.formatted(transfer, amount, amount, accountOf(person));
    }

    private static String changed(Person person, long amount) {
        return "UPDATE token_account SET balance = balance + " + amount + ", last_seq = last_seq + 1 WHERE id = "
                + accountOf(person);
    }

    private static void assertRefused(String reason, String... statements) {
        List<String> all = new ArrayList<>(List.of(statements));
        all.add("SET CONSTRAINTS ALL IMMEDIATE");
        assertThatThrownBy(() -> Database.tryOut(all.toArray(String[]::new)))
                .rootCause()
                .hasMessageContaining(reason);
    }

    @Test
    void aSoundTransferIsTaken() {
        assertThat(Database.tryOut(
                        transferred(),
                        entered(rich, -7),
                        changed(rich, -7),
                        entered(other, 7),
                        changed(other, 7),
                        "SET CONSTRAINTS ALL IMMEDIATE",
                        "SELECT count(*) FROM entry WHERE transfer_id = '" + transfer + "'"))
                .containsExactly("2");
    }

    @Test
    void aTransferOfOneEntryIsRefused() {
        assertRefused("does not balance", transferred(), entered(rich, -7), changed(rich, -7));
    }

    @Test
    void aTransferWithoutEntriesIsRefused() {
        assertRefused("does not balance", transferred());
    }

    @Test
    void entriesOfNoTransferAreRefused() {
        assertRefused("does not balance", entered(rich, -7), changed(rich, -7), entered(other, 7), changed(other, 7));
    }

    @Test
    void aTransferThatDoesNotSumToZeroIsRefused() {
        assertRefused(
                "does not balance",
                transferred(),
                entered(rich, -7),
                changed(rich, -7),
                entered(other, 8),
                changed(other, 8));
    }

    @Test
    void anEntryThatIsAddedToAnOldTransferIsRefused() {
        String old = Database.query("SELECT transfer_id FROM entry WHERE account_id = " + accountOf(rich))
                .get(0);
        assertRefused("does not balance", entered(rich, -7).replace(transfer, old), changed(rich, -7));
    }

    @Test
    void entriesWithoutTheChangeOfTheAccountAreRefused() {
        assertRefused("balance of its last entry", transferred(), entered(rich, -7), entered(other, 7));
    }

    @Test
    void theChangeOfAnAccountWithoutAnEntryIsRefused() {
        assertRefused("balance of its last entry", changed(rich, 1_000));
    }

    @Test
    void anEntryWhoseBalanceDoesNotFollowIsRefused() {
        assertRefused("does not follow", transferred(), entered(rich, -7).replace("balance + -7", "balance + 7"));
    }

    @Test
    void anEntryThatLeavesAGapIsRefused() {
        assertRefused("does not follow", transferred(), entered(rich, -7).replace("last_seq + 1", "last_seq + 2"));
    }

    @Test
    void aBalanceBelowZeroIsRefused() {
        assertRefused("token_account_covered", transferred(), entered(rich, -101), changed(rich, -101));
    }

    @Test
    void anEntryOfNothingIsRefused() {
        assertRefused("entry_amount", transferred(), entered(rich, 0));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "UPDATE entry SET amount = amount + 1",
                "DELETE FROM entry",
                "UPDATE transfer SET kind = 'tip'",
                "DELETE FROM transfer",
                "TRUNCATE entry",
                "TRUNCATE transfer CASCADE"
            })
    void whatWasEnteredStays(String statement) {
        assertRefused("is append-only", statement);
    }

    @Test
    void aUserHasOneAccountOfEachKind() {
        assertRefused(
                "token_account_key", "INSERT INTO token_account (kind, user_id) VALUES ('user', '" + rich.id() + "')");
        assertRefused("token_account_key", "INSERT INTO token_account (kind) VALUES ('issuance')");
    }
}
