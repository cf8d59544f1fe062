package dev.stagedoor.wallet.payment.stripe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.startsWith;

import dev.stagedoor.support.Api;
import dev.stagedoor.support.Api.Person;
import dev.stagedoor.support.Database;
import dev.stagedoor.support.Payments;
import dev.stagedoor.support.StagedoorTest;
import dev.stagedoor.support.StripeStandIn;
import dev.stagedoor.support.StripeStandIn.Call;
import dev.stagedoor.support.StripeStandIn.Failure;
import dev.stagedoor.support.Tokens;
import io.restassured.path.json.JsonPath;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@StagedoorTest
class StripePaymentTest {

    /** Ids of refunds from a time that Stripe has long forgotten, but for their last digit. */
    private static final String OF_2020 = "016f5e66-e800-7000-8000-00000000000";

    private final StripeStandIn stripe = StripeStandIn.get();
    private final long tokens = StripeStandIn.newAmount();

    @Test
    void aPurchaseIsPaidWithTheClientSecretAndSucceedsByStripesWord() {
        Person ada = Api.signUp();

        JsonPath created = Payments.asked(ada, Payments.purchase("stripe", tokens));

        String id = created.getString("id");
        JsonObject intent = stripe.intentOf(id);
        assertThat(created.getString("status")).isEqualTo("requires_payment");
        assertThat(created.getBoolean("awaitingProvider")).isFalse();
        assertThat(created.getString("clientSecret")).isEqualTo(intent.getString("client_secret"));
        assertThat(Payments.get(ada, id).getString("clientSecret")).isEqualTo(intent.getString("client_secret"));
        Payments.tell("payment_intent.processing", stripe.setStatus(intent, "processing"));
        assertThat(Payments.status(ada, id)).isEqualTo("processing");
        assertThat(Payments.get(ada, id).getString("clientSecret")).isNull();
        assertThat(Tokens.balance(ada)).isZero();
        Payments.tell("payment_intent.succeeded", stripe.setStatus(intent, "succeeded"));
        assertThat(Payments.status(ada, id)).isEqualTo("succeeded");
        assertThat(Tokens.balance(ada)).isEqualTo(tokens);
    }

    @Test
    void stripeIsAskedAsItDocumentsUnderThePaymentsOwnKey() {
        Person ada = Tokens.rich(tokens);
        String bought = Payments.askedId(ada, Payments.purchase("stripe", tokens));
        String cashedOut = Payments.askedId(ada, Payments.cashOut("stripe", tokens));

        Map<String, String> intent = Map.of(
                "amount",
                Long.toString(tokens),
                "currency",
                "usd",
                "metadata[payment_id]",
                bought,
                "automatic_payment_methods[enabled]",
                "true");
        assertThat(stripe.calls("/v1/payment_intents", "metadata[payment_id]", bought))
                .containsExactly(new Call("/v1/payment_intents", intent, bought));
        Map<String, String> transfer = Map.of(
                "amount",
                Long.toString(tokens),
                "currency",
                "usd",
                "destination",
                Payments.ACCOUNT,
                "transfer_group",
                cashedOut,
                "metadata[payment_id]",
                cashedOut);
        assertThat(stripe.calls("/v1/transfers", "metadata[payment_id]", cashedOut))
                .containsExactly(new Call("/v1/transfers", transfer, cashedOut));
    }

    @Test
    void aCashOutIsTransferredAtOnce() {
        Person ada = Tokens.rich(tokens + 1);

        JsonPath created = Payments.asked(ada, Payments.cashOut("stripe", tokens));

        assertThat(created.getString("status")).isEqualTo("succeeded");
        assertThat(Tokens.balance(ada)).isEqualTo(1);
        assertThat(Tokens.held(ada)).isZero();
        Payments.cancel(ada, created.getString("id")).then().statusCode(409);
    }

    @Test
    void aRepeatedRequestGivesTheClientSecretAgainAndAsksStripeForNothingNew() {
        Person ada = Api.signUp();
        String key = Tokens.newKey();
        Map<String, Object> request = Payments.purchase("stripe", tokens);
        JsonPath first = Tokens.post(ada, key, Payments.PAYMENTS, request).jsonPath();

        JsonPath again = Tokens.post(ada, key, Payments.PAYMENTS, request).jsonPath();

        assertThat(again.getMap("")).isEqualTo(first.getMap(""));
        assertThat(stripe.madeFor("payment_intent", first.getString("id"))).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource(names = {"HANGS", "RATE_LIMITED"})
    void aPurchaseStandsWhileStripeIsAwayAndIsMadeOnceWhenItIsBack(Failure failure) {
        Person ada = Api.signUp();
        stripe.fail(tokens, failure);

        JsonPath created = Payments.asked(ada, Payments.purchase("stripe", tokens));

        String id = created.getString("id");
        assertThat(created.getBoolean("awaitingProvider")).isTrue();
        assertThat(created.getString("status")).isEqualTo("requires_payment");
        assertThat(created.getString("clientSecret")).isNull();
        stripe.recover(tokens);
        Payments.awaitAnswer(ada, id);
        assertThat(stripe.madeFor("payment_intent", id)).hasSize(1);
        assertThat(Payments.get(ada, id).getString("clientSecret"))
                .isEqualTo(stripe.intentOf(id).getString("client_secret"));
    }

    @ParameterizedTest
    @EnumSource(names = {"ANSWER_IS_LOST", "IS_DOWN"})
    void aCashOutKeepsItsTokensWhileStripeIsAwayAndIsPaidOnce(Failure failure) {
        Person ada = Tokens.rich(tokens);
        stripe.fail(tokens, failure);

        JsonPath created = Payments.asked(ada, Payments.cashOut("stripe", tokens));

        String id = created.getString("id");
        assertThat(created.getBoolean("awaitingProvider")).isTrue();
        assertThat(created.getString("status")).isEqualTo("processing");
        assertThat(Tokens.held(ada)).isEqualTo(tokens);
        Payments.cancel(ada, id).then().statusCode(409);
        stripe.recover(tokens);
        Payments.awaitStatus(ada, id, "succeeded");
        assertThat(stripe.madeFor("transfer", id)).hasSize(1);
        assertThat(Tokens.held(ada)).isZero();
        assertThat(Tokens.balance(ada)).isZero();
    }

    /** As a process leaves it that dies between the commit and the call, or between the call and what it stores of it. */
    @Test
    void whatNobodyLivedToAskOrToStoreIsAskedAgainUnderTheSameKey() {
        Person ada = Api.signUp();
        String id = Payments.askedId(ada, Payments.purchase("stripe", tokens));
        Database.change("UPDATE payment SET provider_ref = NULL, call_due_at = now() WHERE id = '" + id + "'");

        Payments.awaitAnswer(ada, id);

        assertThat(stripe.madeFor("payment_intent", id)).hasSize(1);
        assertThat(stripe.calls("/v1/payment_intents", "metadata[payment_id]", id))
                .hasSize(2)
                .extracting(Call::idempotencyKey)
                .containsOnly(id);
        assertThat(Payments.asAdmin(id).getString("providerRef"))
                .isEqualTo(stripe.intentOf(id).getString("id"));
    }

    @Test
    void whatStripeRefusesFailsAndSaysWhy() {
        Person ada = Tokens.rich(tokens);
        stripe.fail(tokens, Failure.REFUSES);

        JsonPath bought = Payments.asked(ada, Payments.purchase("stripe", tokens));
        JsonPath cashedOut = Payments.asked(ada, Payments.cashOut("stripe", tokens));

        for (JsonPath payment : List.of(bought, cashedOut)) {
            assertThat(payment.getString("status")).isEqualTo("failed");
            assertThat(payment.getString("failureCode")).isEqualTo("insufficient_funds");
            assertThat(payment.getBoolean("awaitingProvider")).isFalse();
        }
        assertThat(Tokens.balance(ada)).isEqualTo(tokens);
        assertThat(Tokens.held(ada)).isZero();
    }

    /** After a day Stripe may have forgotten the key, and would do anew what it did: so it is not asked to. */
    @Test
    void whatStripeMayHaveForgottenIsLookedForAndNotRepeated() {
        Person ada = Tokens.rich(3 * tokens);
        stripe.fail(tokens, Failure.IS_DOWN);
        String neverMade = Payments.askedId(ada, Payments.cashOut("stripe", tokens));
        String unknown = Payments.askedId(ada, Payments.purchase("stripe", tokens));
        stripe.recover(tokens);
        stripe.fail(tokens, Failure.ANSWER_IS_LOST);
        String made = Payments.askedId(ada, Payments.cashOut("stripe", tokens));
        stripe.fail(tokens, Failure.REFUSES);

        Database.change(
                "UPDATE payment SET created_at = now() - interval '24 hours', call_due_at = now() WHERE id IN ('"
                        + String.join("', '", neverMade, unknown, made) + "')");

        Payments.awaitStatus(ada, made, "succeeded");
        Payments.awaitStatus(ada, neverMade, "failed");
        Payments.awaitStatus(ada, unknown, "failed");
        assertThat(Payments.get(ada, neverMade).getString("failureCode")).isEqualTo("provider_unavailable");
        assertThat(stripe.madeFor("transfer", made)).hasSize(1);
        assertThat(stripe.madeFor("transfer", neverMade)).isEmpty();
        assertThat(Tokens.balance(ada)).isEqualTo(2 * tokens);
        assertThat(Tokens.held(ada)).isZero();
    }

    @Test
    void aPurchaseIsCancelledAtStripeFirst() {
        Person ada = Api.signUp();
        String id = Payments.askedId(ada, Payments.purchase("stripe", tokens));

        Payments.cancel(ada, id).then().statusCode(200).body("status", equalTo("cancelled"));

        assertThat(stripe.intentOf(id).getString("status")).isEqualTo("canceled");
        assertThat(Payments.get(ada, id).getString("clientSecret")).isNull();
    }

    @Test
    void whatWasPaidMeanwhileIsNotCancelledAndWhatStripeSaysOfItCounts() {
        Person ada = Api.signUp();
        String id = Payments.askedId(ada, Payments.purchase("stripe", tokens));
        JsonObject paid = stripe.setStatus(stripe.intentOf(id), "succeeded");

        Payments.cancel(ada, id).then().statusCode(409).body("type", endsWith(":payment-not-cancellable"));

        assertThat(Payments.status(ada, id)).isEqualTo("succeeded");
        assertThat(Tokens.balance(ada)).isEqualTo(tokens);
        Payments.tell("payment_intent.succeeded", paid);
        assertThat(Tokens.balance(ada)).isEqualTo(tokens);
    }

    @Test
    void whetherItIsTooLateToCancelIsNotSaidWhileStripeIsAway() {
        Person ada = Api.signUp();
        stripe.fail(tokens, Failure.IS_DOWN);
        String id = Payments.askedId(ada, Payments.purchase("stripe", tokens));

        Payments.cancel(ada, id).then().statusCode(503).header("Retry-After", startsWith("1"));

        assertThat(Payments.status(ada, id)).isEqualTo("requires_payment");
        stripe.recover(tokens);
        Payments.cancel(ada, id).then().statusCode(200).body("status", equalTo("cancelled"));
        Payments.awaitAnswer(ada, id);
        assertThat(stripe.madeFor("payment_intent", id)).hasSize(1);
    }

    @Test
    void noAdminDecidesWhatStripeDoes() {
        Person ada = Api.signUp();
        String id = Payments.askedId(ada, Payments.purchase("stripe", tokens));

        Payments.decide(id, "succeed").then().statusCode(409).body("type", endsWith(":payment-decided-by-provider"));
        Payments.decide(id, "fail").then().statusCode(409);
        assertThat(Tokens.balance(ada)).isZero();
    }

    @Test
    void aRefundReturnsMoneyAtStripeAndIsCountedOnceThoughItIsToldThreeTimes() {
        Person ada = Api.signUp();
        String id = Payments.paid(ada, tokens);

        Payments.refund(id, 40).then().statusCode(200).body("refundedTokens", equalTo(40));

        JsonObject refund = stripe.madeFor("refund", id).get(0);
        Payments.tell("refund.created", refund);
        Payments.tell("charge.refunded", Payments.charge(stripe.intentOf(id), 40));
        Payments.tell("refund.updated", refund);
        assertThat(Payments.get(ada, id).getInt("refundedTokens")).isEqualTo(40);
        assertThat(Tokens.balance(ada)).isEqualTo(tokens - 40);
        assertThat(refund.getLong("amount")).isEqualTo(40);
    }

    @ParameterizedTest
    @EnumSource(names = {"ANSWER_IS_LOST", "IS_DOWN"})
    void aRefundThatStripeDidNotAnswerIsMadeOnce(Failure failure) {
        Person ada = Api.signUp();
        String id = Payments.paid(ada, tokens);
        stripe.fail(33, failure);

        Payments.refund(id, 33).then().statusCode(200).body("refundedTokens", equalTo(33));

        assertThat(Tokens.balance(ada)).isEqualTo(tokens - 33);
        stripe.recover(33);
        await().until(() -> Database.query("SELECT state FROM payment_refund WHERE payment_id = '" + id + "'")
                .equals(List.of("succeeded")));
        assertThat(stripe.madeFor("refund", id)).hasSize(1);
        assertThat(Tokens.balance(ada)).isEqualTo(tokens - 33);
    }

    @Test
    void aRefundThatStripeMayHaveForgottenIsLookedForAndNotRepeated() {
        Person ada = Api.signUp();
        String id = Payments.paid(ada, tokens);
        stripe.fail(17, Failure.ANSWER_IS_LOST);
        stripe.fail(18, Failure.IS_DOWN);
        Payments.refund(id, 17).then().statusCode(200);
        Payments.refund(id, 18).then().statusCode(200);
        JsonObject made = stripe.madeFor("refund", id).get(0);

        made.getJsonObject("metadata").put("refund_id", OF_2020 + "1");
        Database.change("UPDATE payment_refund SET ref = '" + OF_2020 + "' || amount - 16, call_due_at = now()"
                + " WHERE payment_id = '" + id + "'");
        stripe.recover(17);
        stripe.recover(18);

        await().until(() -> Database.query(
                        "SELECT state FROM payment_refund WHERE payment_id = '" + id + "' ORDER BY amount")
                .equals(List.of("succeeded", "refused")));
        assertThat(stripe.madeFor("refund", id)).hasSize(1);
        assertThat(Payments.get(ada, id).getInt("refundedTokens")).isEqualTo(17);
        assertThat(Tokens.balance(ada)).isEqualTo(tokens - 17);
    }

    @Test
    void theTokensOfARefundThatStripeRefusesOrFailsComeBack() {
        Person ada = Api.signUp();
        String id = Payments.paid(ada, tokens);
        stripe.fail(22, Failure.REFUSES);

        Payments.refund(id, 22)
                .then()
                .statusCode(200)
                .body("status", equalTo("succeeded"))
                .body("refundedTokens", equalTo(0));

        assertThat(Tokens.balance(ada)).isEqualTo(tokens);
        Payments.refund(id, 44).then().statusCode(200).body("refundedTokens", equalTo(44));
        JsonObject refund = stripe.madeFor("refund", id).get(0);
        Payments.tell("refund.failed", stripe.setStatus(refund, "failed"));
        assertThat(Payments.status(ada, id)).isEqualTo("succeeded");
        assertThat(Tokens.balance(ada)).isEqualTo(tokens);
    }

    @Test
    void moneyOfACashOutThatComesBackGivesItsTokensBack() {
        Person ada = Tokens.rich(tokens);
        String id = Payments.askedId(ada, Payments.cashOut("stripe", tokens));
        JsonObject transfer = stripe.madeFor("transfer", id).get(0);

        Payments.tell("transfer.reversed", transfer.put("amount_reversed", 60));
        Payments.tell(
                "transfer.reversed", transfer.put("amount_reversed", tokens).put("reversed", true));
        Payments.tell("transfer.reversed", transfer.put("amount_reversed", 60));

        assertThat(Payments.status(ada, id)).isEqualTo("refunded");
        assertThat(Tokens.balance(ada)).isEqualTo(tokens);
        assertThat(Tokens.wrongs()).isEmpty();
    }
}
