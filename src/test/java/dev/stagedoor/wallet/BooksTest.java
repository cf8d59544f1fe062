package dev.stagedoor.wallet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stagedoor.platform.http.ApiException;
import dev.stagedoor.wallet.Account.Kind;
import dev.stagedoor.wallet.Books.Standing;
import dev.stagedoor.wallet.Transfer.Leg;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class BooksTest {

    private static final List<Account> ACCOUNTS = List.of(
            Account.ISSUANCE,
            Account.REVENUE,
            Account.user(new UUID(0, 1)),
            Account.user(new UUID(0, 2)),
            Account.escrow(new UUID(0, 1)));

    private static Map<Account, Standing> empty() {
        Map<Account, Standing> standings = new HashMap<>();
        ACCOUNTS.forEach(
                account -> standings.put(account, new Standing(UUID.randomUUID(), 0, 0, Instant.EPOCH, false)));
        return standings;
    }

    @Provide
    Arbitrary<List<Transfer>> transfers() {
        Arbitrary<Long> some = Arbitraries.longs().between(1, 60);
        Arbitrary<Long> more = Arbitraries.longs().between(0, 60);
        return Combinators.combine(Arbitraries.shuffle(ACCOUNTS), some, more)
                .as(BooksTest::transfer)
                .list()
                .ofMaxSize(60);
    }

    private static Transfer transfer(List<Account> accounts, long some, long more) {
        return new Transfer(
                UUID.randomUUID(),
                Transfer.Kind.GRANT,
                null,
                List.of(
                        new Leg(accounts.get(0), -some - more),
                        new Leg(accounts.get(1), some),
                        new Leg(accounts.get(2), more)));
    }

    @Property(tries = 500)
    void whateverIsPostedSumsToZeroAndOnlyTheIssuanceIsBelowIt(@ForAll("transfers") List<Transfer> transfers) {
        Books books = new Books(empty());
        int refused = 0;
        for (Transfer transfer : transfers) {
            refused += isPosted(books, transfer) ? 0 : 1;
        }

        assertThat(books.transfers()).hasSize(transfers.size() - refused);
        assertThat(ACCOUNTS.stream().mapToLong(books::balance).sum()).isZero();
        assertThat(ACCOUNTS)
                .filteredOn(account -> account.kind() != Kind.ISSUANCE)
                .allSatisfy(account -> assertThat(books.balance(account)).isNotNegative());
        ACCOUNTS.forEach(account -> assertChained(books, account));
    }

    private static boolean isPosted(Books books, Transfer transfer) {
        try {
            books.post(transfer);
            return true;
        } catch (ApiException refusal) {
            return false;
        }
    }

    private static void assertChained(Books books, Account account) {
        long seq = 0;
        long balance = 0;
        for (Books.Entry entry : books.entries()) {
            if (entry.leg().account().equals(account)) {
                seq++;
                balance += entry.leg().amount();
                assertThat(entry.after().seq()).isEqualTo(seq);
                assertThat(entry.after().balance()).isEqualTo(balance);
            }
        }
        assertThat(books.balance(account)).isEqualTo(balance);
    }

    @Test
    void aRefusedTransferLeavesTheBooksAsTheyWere() {
        Books books = new Books(empty());
        Account user = Account.user(new UUID(0, 1));
        Transfer tooMuch = new Transfer(
                UUID.randomUUID(), Transfer.Kind.TIP, null, List.of(new Leg(Account.REVENUE, 5), new Leg(user, -5)));

        assertThatThrownBy(() -> books.post(tooMuch)).hasMessageContaining("there are 0");

        assertThat(books.entries()).isEmpty();
        assertThat(books.balance(Account.REVENUE)).isZero();
    }

    @Test
    void ofWhoDoesNotExistThereAreNoBooks() {
        Books books = new Books(empty());
        Transfer toNobody = Transfer.of(
                UUID.randomUUID(), Transfer.Kind.GRANT, null, Account.ISSUANCE, Account.user(new UUID(9, 9)), 1);

        assertThatThrownBy(() -> books.post(toNobody)).hasMessageContaining("No user");
    }

    @Test
    void legsThatDoNotSumToZeroOrAreOfOneAccountAreNoTransfer() {
        assertThatThrownBy(() -> new Transfer(
                        UUID.randomUUID(),
                        Transfer.Kind.GRANT,
                        null,
                        List.of(new Leg(Account.ISSUANCE, -2), new Leg(Account.REVENUE, 1))))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Transfer(
                        UUID.randomUUID(), Transfer.Kind.GRANT, null, List.of(new Leg(Account.REVENUE, 0))))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
