package dev.stagedoor.wallet.payment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stagedoor.support.Api;
import dev.stagedoor.support.Api.Person;
import dev.stagedoor.support.Concurrently;
import dev.stagedoor.support.Payments;
import dev.stagedoor.support.StagedoorTest;
import dev.stagedoor.support.StripeStandIn;
import dev.stagedoor.support.StripeStandIn.Failure;
import dev.stagedoor.support.Together;
import dev.stagedoor.support.Tokens;
import io.vertx.core.json.JsonObject;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

@StagedoorTest
class PaymentsAtOnceTest {

    private final StripeStandIn stripe = StripeStandIn.get();
    private final long tokens = StripeStandIn.newAmount();

    @Test
    void oneEventToldManyTimesAtOnceCountsOnce() {
        Person ada = Api.signUp();
        String id = Payments.askedId(ada, Payments.purchase("stripe", tokens));
        JsonObject event = Payments.event("payment_intent.succeeded", stripe.intentOf(id));

        List<Integer> answers = Concurrently.times(8, () -> Payments.tell(event).statusCode());

        assertThat(answers).containsOnly(200);
        assertThat(Tokens.balance(ada)).isEqualTo(tokens);
    }

    @RepeatedTest(3)
    void eventsOfOnePaymentAtOnceEndAsOneAfterTheOther() {
        Person ada = Api.signUp();
        String id = Payments.askedId(ada, Payments.purchase("stripe", tokens));
        JsonObject intent = stripe.intentOf(id);
        List<JsonObject> events = List.of(
                Payments.event("payment_intent.succeeded", intent),
                Payments.event("payment_intent.processing", intent),
                Payments.event("charge.refunded", Payments.charge(intent, 30)),
                Payments.event("charge.refunded", Payments.charge(intent, 50)),
                Payments.event("refund.created", Payments.foreignRefund(intent, "re_1" + id, 50, "succeeded")));

        assertThat(Together.run(events.size(), i -> Payments.tell(events.get(i)).statusCode()))
                .containsOnly(200);

        assertThat(Payments.get(ada, id).getInt("refundedTokens")).isEqualTo(50);
        assertThat(Tokens.balance(ada)).isEqualTo(tokens - 50);
        assertThat(Tokens.wrongs()).isEmpty();
    }

    /** The answer to our own call, that to the sweeper's and the event arrive in any order. */
    @RepeatedTest(3)
    void theEventAndTheAnswerOfOurOwnCallIssueTheTokensOnce() {
        Person ada = Api.signUp();
        stripe.fail(tokens, Failure.ANSWER_IS_LOST);
        String id = Payments.askedId(ada, Payments.purchase("stripe", tokens));
        JsonObject intent = stripe.setStatus(stripe.intentOf(id), "succeeded");
        stripe.recover(tokens);

        assertThat(Together.run(
                        2,
                        i -> i == 0
                                ? Payments.tell(Payments.event("payment_intent.succeeded", intent))
                                        .statusCode()
                                : Payments.cancel(ada, id).statusCode()))
                .element(0)
                .isEqualTo(200);

        Payments.awaitAnswer(ada, id);
        assertThat(Payments.status(ada, id)).isEqualTo("succeeded");
        assertThat(Tokens.balance(ada)).isEqualTo(tokens);
    }

    @RepeatedTest(5)
    void anAdminsSuccessAndAUsersCancellationExcludeEachOther() {
        Person ada = Api.signUp();
        String id = Payments.askedId(ada, Payments.purchase("manual", tokens));

        List<Integer> answers = Together.run(
                2,
                i -> i == 0
                        ? Payments.decide(id, "succeed").statusCode()
                        : Payments.cancel(ada, id).statusCode());

        assertThat(answers).containsExactlyInAnyOrder(200, 409);
        boolean succeeded = answers.get(0) == 200;
        assertThat(Payments.status(ada, id)).isEqualTo(succeeded ? "succeeded" : "cancelled");
        assertThat(Tokens.balance(ada)).isEqualTo(succeeded ? tokens : 0);
    }

    @Test
    void refundsAtOnceNeverExceedThePayment() {
        Person ada = Api.signUp();
        String id = Payments.askedId(ada, Payments.purchase("manual", 100));
        Payments.decide(id, "succeed").then().statusCode(200);

        List<Integer> answers =
                Concurrently.times(6, () -> Payments.refund(id, 40).statusCode());

        assertThat(Collections.frequency(answers, 200)).isEqualTo(2);
        assertThat(Collections.frequency(answers, 409)).isEqualTo(4);
        assertThat(Tokens.balance(ada)).isEqualTo(20);
    }

    @Test
    void ofCashOutsOfTheWholeBalanceAtOnceOneIsTaken() {
        Person ada = Tokens.rich(tokens);

        List<Integer> answers = Concurrently.times(
                8, () -> Payments.ask(ada, Payments.cashOut("stripe", tokens)).statusCode());

        assertThat(Collections.frequency(answers, 201)).isOne();
        assertThat(Collections.frequency(answers, 409)).isEqualTo(7);
        assertThat(Tokens.balance(ada)).isZero();
        assertThat(Tokens.held(ada)).isZero();
        assertThat(Tokens.wrongs()).isEmpty();
    }

    @Test
    void oneKeyAtOnceMakesOnePayment() {
        Person ada = Api.signUp();
        String key = Tokens.newKey();
        Map<String, Object> request = Payments.purchase("stripe", tokens);

        List<Integer> answers = Concurrently.times(
                6, () -> Tokens.post(ada, key, Payments.PAYMENTS, request).statusCode());

        assertThat(answers).contains(201).allMatch(status -> status == 201 || status == 409);
        assertThat(ada.request().get(Payments.PAYMENTS).jsonPath().getList("data"))
                .hasSize(1);
    }
}
