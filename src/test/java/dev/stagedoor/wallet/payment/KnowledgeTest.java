package dev.stagedoor.wallet.payment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stagedoor.wallet.Account;
import dev.stagedoor.wallet.Transfer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** What is known of a payment, and where its tokens are, depends on what was heard, and on nothing else. */
class KnowledgeTest {

    private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");
    private static final UUID USER = new UUID(0, 1);
    private static final Terms PURCHASE =
            new Terms(PaymentKind.PURCHASE, ProviderName.STRIPE, 100, 0, 300, "usd", null);
    private static final Terms CASH_OUT =
            new Terms(PaymentKind.CASH_OUT, ProviderName.STRIPE, 100, 10, 270, "usd", "acct_1");

    /** A payment, its refunds and the accounts, as the store and the ledger have them. */
    private static final class Books {

        private Payment payment;
        private List<Refund> refunds = List.of();
        private final Map<String, Long> balances = new TreeMap<>();

        Books(Terms terms) {
            payment = Payment.asked(new UUID(0, 2), USER, terms, PaymentStatus.REQUIRES_PAYMENT, NOW, NOW);
            if (terms.kind() == PaymentKind.CASH_OUT) {
                post(Transfer.of(new UUID(0, 3), Transfer.Kind.GRANT, null, Account.ISSUANCE, Account.user(USER), 100));
                post(Settlement.hold(payment, () -> new UUID(0, 4)));
            }
        }

        void hear(Fact fact) {
            Knowledge more = Knowledge.of(payment, refunds).join(fact);
            Payment after = more.applyTo(payment, NOW);
            long balance = balances.getOrDefault("USER", 0L);
            Settlement.Result result = Settlement.of(payment, after, balance, () -> new UUID(0, 5));
            result.transfers().forEach(this::post);
            payment = after.withUncovered(result.uncoveredTokens());
            refunds = List.copyOf(more.refunds().values());
        }

        private void post(Transfer transfer) {
            transfer.legs().forEach(leg -> balances.merge(leg.account().kind().name(), leg.amount(), Long::sum));
            assertThat(balances.entrySet())
                    .allMatch(account ->
                            account.getValue() >= 0 || account.getKey().equals("ISSUANCE"));
        }

        /** All but how often it was written. */
        List<Object> state() {
            Payment unversioned = new Payment(
                    payment.id(),
                    payment.userId(),
                    payment.terms(),
                    payment.status(),
                    payment.failureCode(),
                    payment.toldRefund(),
                    payment.refundedAmount(),
                    payment.uncoveredTokens(),
                    payment.providerRef(),
                    null,
                    NOW,
                    NOW,
                    0);
            Map<String, Long> inUse = new TreeMap<>(balances);
            inUse.values().removeIf(balance -> balance == 0);
            return List.of(unversioned, refunds, inUse);
        }
    }

    @Provide
    Arbitrary<List<Fact>> factsOfAPurchase() {
        Arbitrary<Fact> stages = Arbitraries.of(
                Fact.of(PaymentStatus.REQUIRES_PAYMENT, "pi_1"),
                Fact.of(PaymentStatus.PROCESSING, "pi_1"),
                Fact.of(PaymentStatus.CANCELLED, "pi_1"),
                Fact.of(PaymentStatus.SUCCEEDED, "pi_1"),
                Fact.failed("card_declined", "pi_1"),
                Fact.failed("insufficient_funds", null));
        Arbitrary<Fact> totals = Arbitraries.longs().between(1, 300).map(total -> Fact.refunded(total, "pi_1"));
        Arbitrary<Fact> refunds = Combinators.combine(
                        Arbitraries.integers().between(1, 3), Arbitraries.of(Refund.State.class))
                .as((n, state) -> Fact.refund(new Refund("re_" + n, n * 50L, state), "pi_1"));
        return Arbitraries.oneOf(stages, totals, refunds).list().ofMaxSize(7);
    }

    @Provide
    Arbitrary<List<Fact>> factsOfACashOut() {
        Arbitrary<Fact> stages = Arbitraries.of(
                Fact.of(PaymentStatus.PROCESSING, null),
                Fact.of(PaymentStatus.CANCELLED, null),
                Fact.of(PaymentStatus.SUCCEEDED, "tr_1"),
                Fact.failed("balance_insufficient", null));
        Arbitrary<Fact> totals = Arbitraries.longs().between(0, 270).map(total -> Fact.refunded(total, "tr_1"));
        return Arbitraries.oneOf(stages, totals).list().ofMaxSize(7);
    }

    @Property(tries = 500)
    void aPurchaseEndsTheSameInAnyOrderAndHoweverOftenItIsTold(
            @ForAll("factsOfAPurchase") List<Fact> facts, @ForAll("orders") List<Integer> order) {
        assertThat(told(PURCHASE, shuffled(facts, order))).isEqualTo(told(PURCHASE, facts));
    }

    @Property(tries = 500)
    void aCashOutEndsTheSameInAnyOrderAndHoweverOftenItIsTold(
            @ForAll("factsOfACashOut") List<Fact> facts, @ForAll("orders") List<Integer> order) {
        assertThat(told(CASH_OUT, shuffled(facts, order))).isEqualTo(told(CASH_OUT, facts));
    }

    /** Some again before all others, then all of them by these numbers. */
    @Provide
    Arbitrary<List<Integer>> orders() {
        return Arbitraries.integers().between(0, 1_000).list().ofSize(14);
    }

    private static List<Fact> shuffled(List<Fact> facts, List<Integer> order) {
        List<Fact> rest = new ArrayList<>(
                Stream.concat(facts.stream(), facts.stream().limit(3)).toList());
        List<Fact> shuffled = new ArrayList<>();
        for (int i = 0; !rest.isEmpty(); i++) {
            shuffled.add(rest.remove(order.get(i) % rest.size()));
        }
        return shuffled;
    }

    private static List<Object> told(Terms terms, List<Fact> facts) {
        Books books = new Books(terms);
        facts.forEach(books::hear);
        return books.state();
    }

    /** The course of a purchase with a refund and one that failed, in all of its orders. */
    @Example
    void everyOrderOfOneCourseEndsTheSame() {
        List<Fact> course = List.of(
                Fact.of(PaymentStatus.PROCESSING, "pi_1"),
                Fact.failed("card_declined", "pi_1"),
                Fact.of(PaymentStatus.SUCCEEDED, "pi_1"),
                Fact.refunded(150, "pi_1"),
                Fact.refund(new Refund("re_1", 150, Refund.State.SUCCEEDED), "pi_1"),
                Fact.refund(new Refund("re_1", 150, Refund.State.FAILED), "pi_1"),
                Fact.refund(new Refund("re_2", 30, Refund.State.SUCCEEDED), "pi_1"));
        List<List<Object>> ends = permutations(course)
                .map(facts -> told(PURCHASE, facts))
                .distinct()
                .toList();

        assertThat(ends).hasSize(1);
        assertThat(ends.get(0).get(0).toString()).contains("status=REFUNDED", "refundedAmount=30");
        assertThat(ends.get(0).get(2)).isEqualTo(Map.of("ISSUANCE", -90L, "USER", 90L));
    }

    @Example
    void aRefundThatNeverBeganIsNotInATotalThatWasTold() {
        List<Fact> facts =
                List.of(Fact.refunded(150, "pi_1"), Fact.refund(new Refund("re_1", 60, Refund.State.REFUSED), "pi_1"));

        assertThat(told(PURCHASE, facts).get(0).toString()).contains("refundedAmount=150");
    }

    private static Stream<List<Fact>> permutations(List<Fact> facts) {
        if (facts.isEmpty()) {
            return Stream.of(List.of());
        }
        return facts.stream().flatMap(first -> {
            List<Fact> others = new ArrayList<>(facts);
            others.remove(first);
            return permutations(others)
                    .map(rest -> Stream.concat(Stream.of(first), rest.stream()).toList());
        });
    }
}
