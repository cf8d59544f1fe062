package dev.stagedoor.wallet.payment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stagedoor.wallet.Account;
import dev.stagedoor.wallet.Transfer;
import dev.stagedoor.wallet.Transfer.Kind;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class SettlementTest {

    private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");
    private static final UUID USER = new UUID(0, 1);
    private static final UUID ID = new UUID(0, 2);
    private static final UUID TRANSFER = new UUID(0, 3);

    private static Payment purchase(PaymentStatus status, long refundedAmount, long uncovered) {
        Terms terms = new Terms(PaymentKind.PURCHASE, ProviderName.STRIPE, 100, 0, 300, "usd", null);
        return payment(terms, status, refundedAmount, uncovered);
    }

    /** Of 100 tokens, of which the platform keeps 10. */
    private static Payment cashOut(PaymentStatus status, long refundedAmount) {
        Terms terms = new Terms(PaymentKind.CASH_OUT, ProviderName.STRIPE, 100, 10, 270, "usd", "acct_1");
        return payment(terms, status, refundedAmount, 0);
    }

    private static Payment payment(Terms terms, PaymentStatus status, long refundedAmount, long uncovered) {
        return new Payment(ID, USER, terms, status, null, 0, refundedAmount, uncovered, "ref", null, NOW, NOW, 1);
    }

    private static Settlement.Result settled(Payment before, Payment after, long balance) {
        return Settlement.of(before, after, balance, () -> TRANSFER);
    }

    private static Transfer moved(Kind kind, Account from, Account to, long tokens) {
        return Transfer.of(TRANSFER, kind, ID, from, to, tokens);
    }

    private static final Account SPENDABLE = Account.user(USER);
    private static final Account HELD = Account.escrow(USER);

    @Test
    void whatWasBoughtIsIssuedOnce() {
        Payment open = purchase(PaymentStatus.PROCESSING, 0, 0);
        Payment paid = purchase(PaymentStatus.SUCCEEDED, 0, 0);

        assertThat(settled(open, paid, 0).transfers())
                .containsExactly(moved(Kind.PURCHASE, Account.ISSUANCE, SPENDABLE, 100));
        assertThat(settled(paid, paid, 0).transfers()).isEmpty();
        assertThat(settled(open, purchase(PaymentStatus.CANCELLED, 0, 0), 0).transfers())
                .isEmpty();
    }

    @Test
    void aRefundHeardOfFirstTakesBackWhatItIssues() {
        Payment open = purchase(PaymentStatus.REQUIRES_PAYMENT, 0, 0);

        Settlement.Result result = settled(open, purchase(PaymentStatus.REFUNDED, 90, 0), 0);

        assertThat(result.transfers())
                .containsExactly(
                        moved(Kind.PURCHASE, Account.ISSUANCE, SPENDABLE, 100),
                        moved(Kind.REFUND, SPENDABLE, Account.ISSUANCE, 30));
        assertThat(result.uncoveredTokens()).isZero();
    }

    @Test
    void whatIsSpentCannotBeTakenBackAndIsCounted() {
        Payment paid = purchase(PaymentStatus.SUCCEEDED, 0, 0);
        Payment refunded = purchase(PaymentStatus.REFUNDED, 300, 0);

        Settlement.Result some = settled(paid, refunded, 60);
        assertThat(some.transfers()).containsExactly(moved(Kind.REFUND, SPENDABLE, Account.ISSUANCE, 60));
        assertThat(some.uncoveredTokens()).isEqualTo(40);

        Settlement.Result none = settled(paid, refunded, 0);
        assertThat(none.transfers()).isEmpty();
        assertThat(none.uncoveredTokens()).isEqualTo(100);
    }

    @Test
    void ofARefundThatFailsOnlyWhatWasTakenComesBack() {
        Payment refunded = purchase(PaymentStatus.REFUNDED, 300, 40);

        Settlement.Result result = settled(refunded, purchase(PaymentStatus.SUCCEEDED, 0, 40), 0);

        assertThat(result.transfers()).containsExactly(moved(Kind.REFUND, Account.ISSUANCE, SPENDABLE, 60));
        assertThat(result.uncoveredTokens()).isZero();
    }

    @Test
    void aPartOfATokensPriceTakesNoToken() {
        Payment paid = purchase(PaymentStatus.SUCCEEDED, 0, 0);

        assertThat(settled(paid, purchase(PaymentStatus.REFUNDED, 2, 0), 100).transfers())
                .isEmpty();
        assertThat(settled(paid, purchase(PaymentStatus.REFUNDED, 299, 0), 100).transfers())
                .containsExactly(moved(Kind.REFUND, SPENDABLE, Account.ISSUANCE, 99));
    }

    @Test
    void aCashOutThatSucceedsLeavesTheEscrowLessTheFee() {
        Settlement.Result result =
                settled(cashOut(PaymentStatus.PROCESSING, 0), cashOut(PaymentStatus.SUCCEEDED, 0), 0);

        assertThat(result.transfers())
                .containsExactly(new Transfer(
                        TRANSFER,
                        Kind.CASH_OUT,
                        ID,
                        List.of(
                                new Transfer.Leg(HELD, -100),
                                new Transfer.Leg(Account.ISSUANCE, 90),
                                new Transfer.Leg(Account.FEES, 10))));
    }

    @Test
    void aCashOutThatFailsOrIsCancelledComesBackOnce() {
        Payment open = cashOut(PaymentStatus.PROCESSING, 0);
        Payment failed = cashOut(PaymentStatus.FAILED, 0);
        Payment cancelled = cashOut(PaymentStatus.CANCELLED, 0);

        assertThat(settled(open, failed, 0).transfers()).containsExactly(moved(Kind.RELEASE, HELD, SPENDABLE, 100));
        assertThat(settled(open, cancelled, 0).transfers()).containsExactly(moved(Kind.RELEASE, HELD, SPENDABLE, 100));
        assertThat(settled(failed, cancelled, 100).transfers()).isEmpty();
    }

    /** The money has gone: what is there of the tokens has to go as well, and the platform's fee is what is missing first. */
    @Test
    void aCashOutThatSucceedsAfterItWasReleasedTakesWhatIsStillThere() {
        Settlement.Result result = settled(cashOut(PaymentStatus.FAILED, 0), cashOut(PaymentStatus.SUCCEEDED, 0), 95);

        assertThat(result.transfers())
                .containsExactly(new Transfer(
                        TRANSFER,
                        Kind.CASH_OUT,
                        ID,
                        List.of(
                                new Transfer.Leg(SPENDABLE, -95),
                                new Transfer.Leg(Account.ISSUANCE, 90),
                                new Transfer.Leg(Account.FEES, 5))));
        assertThat(result.uncoveredTokens()).isEqualTo(5);
    }

    @Test
    void theTokensOfMoneyThatCameBackComeBackButNotTheFee() {
        Settlement.Result result =
                settled(cashOut(PaymentStatus.SUCCEEDED, 0), cashOut(PaymentStatus.REFUNDED, 270), 0);

        assertThat(result.transfers()).containsExactly(moved(Kind.REFUND, Account.ISSUANCE, SPENDABLE, 90));
    }
}
