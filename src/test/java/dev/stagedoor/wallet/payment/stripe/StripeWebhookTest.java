package dev.stagedoor.wallet.payment.stripe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;

import dev.stagedoor.support.Api;
import dev.stagedoor.support.Api.Person;
import dev.stagedoor.support.Database;
import dev.stagedoor.support.Payments;
import dev.stagedoor.support.RawHttp;
import dev.stagedoor.support.StagedoorTest;
import dev.stagedoor.support.StripeStandIn;
import dev.stagedoor.support.Tokens;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@StagedoorTest
class StripeWebhookTest {

    private final StripeStandIn stripe = StripeStandIn.get();
    private final long tokens = StripeStandIn.newAmount();
    private Person ada;
    private String id;
    private JsonObject intent;

    @BeforeEach
    void aPurchaseIsToBePaid() {
        ada = Api.signUp();
        id = Payments.askedId(ada, Payments.purchase("stripe", tokens));
        intent = stripe.intentOf(id);
    }

    private static long heard(JsonObject event) {
        return Long.parseLong(
                Database.query("SELECT count(*) FROM payment_event WHERE event_id = '" + event.getString("id") + "'")
                        .get(0));
    }

    private void assertRefused(String signature, JsonObject event) {
        Payments.post(signature, event.encode())
                .then()
                .statusCode(400)
                .body("errors.field", hasItem("Stripe-Signature"));
        assertThat(heard(event)).isZero();
        assertThat(Payments.status(ada, id)).isEqualTo("requires_payment");
    }

    @Test
    void whatIsNotSignedChangesNothing() {
        JsonObject event = Payments.event("payment_intent.succeeded", intent);
        String body = event.encode();

        assertRefused(null, event);
        assertRefused("t=1", event);
        assertRefused(Payments.signature("whsec_of_nobody", Payments.now(), body), event);
        assertRefused(Payments.signature(StripeStandIn.FIRST_SECRET, Payments.now() - 400, body), event);
        assertRefused(Payments.signature(StripeStandIn.FIRST_SECRET, Payments.now() + 400, body), event);
        assertRefused(Payments.signature(StripeStandIn.FIRST_SECRET, Payments.now(), body + " "), event);
    }

    @ParameterizedTest
    @ValueSource(strings = {StripeStandIn.FIRST_SECRET, StripeStandIn.SECOND_SECRET})
    void everyActiveSecretSignsTheBytesAsTheyCame(String secret) {
        String body = " \n" + Payments.event("payment_intent.succeeded", intent).encodePrettily() + "\n";

        Payments.post(Payments.signature(secret, Payments.now(), body), body)
                .then()
                .statusCode(200)
                .body("received", equalTo(true));

        assertThat(Payments.status(ada, id)).isEqualTo("succeeded");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "null",
                "[]",
                "7",
                "{}",
                "{\"id\":\"evt_x\",\"type\":\"payment_intent.succeeded\"}",
                "{\"id\":\"evt_x\",\"type\":\"payment_intent.succeeded\",\"data\":{\"object\":7}}",
                "{\"id\":\"evt_x\",\"type\":\"charge.refunded\",\"data\":{\"object\":{\"amount_refunded\":1.5}}}"
            })
    void whatIsSignedAndNoEventIsRefused(String body) {
        Payments.post(Payments.signature(StripeStandIn.FIRST_SECRET, Payments.now(), body), body)
                .then()
                .statusCode(400);
    }

    @Test
    void anEventCountsOnce() {
        JsonObject event = Payments.event("payment_intent.succeeded", intent);

        for (int i = 0; i < 3; i++) {
            Payments.tell(event).then().statusCode(200);
        }

        assertThat(heard(event)).isOne();
        assertThat(Tokens.balance(ada)).isEqualTo(tokens);
        assertThat(Payments.get(ada, id).getInt("version")).isEqualTo(2);
    }

    @Test
    void whatIsOfNoInterestIsPassedOverAndRemembered() {
        JsonObject other = intent.copy().put("id", "pi_of_another_shop").put("metadata", new JsonObject());
        List<JsonObject> events = List.of(
                Payments.event("payment_intent.created", intent),
                Payments.event("customer.created", new JsonObject().put("id", "cus_1")),
                Payments.event("payment_intent.succeeded", other),
                Payments.event("charge.refunded", Payments.charge(other, 5)),
                Payments.event(
                        "payment_intent.succeeded",
                        other.copy().put("metadata", new JsonObject().put("payment_id", "no id of ours"))),
                Payments.event(
                        "payment_intent.succeeded", other.copy().put("metadata", intent.getJsonObject("metadata"))));

        for (JsonObject event : events) {
            Payments.tell(event).then().statusCode(200);
            assertThat(heard(event)).isOne();
        }

        assertThat(Payments.status(ada, id)).isEqualTo("requires_payment");
    }

    @Test
    void anotherAmountOrCurrencyThanWasToBePaidBuysNothing() {
        Payments.tell("payment_intent.succeeded", intent.copy().put("amount", 1));
        Payments.tell("payment_intent.succeeded", intent.copy().put("currency", "jpy"));

        assertThat(Payments.status(ada, id)).isEqualTo("requires_payment");
        assertThat(Tokens.balance(ada)).isZero();
    }

    @Test
    void anEventThatIsFasterThanWhatWeStoreFindsThePayment() {
        Database.change("UPDATE payment SET provider_ref = NULL, call_due_at = now() + interval '1 hour' WHERE id = '"
                + id + "'");

        Payments.tell("payment_intent.succeeded", intent);

        assertThat(Payments.status(ada, id)).isEqualTo("succeeded");
        assertThat(Payments.get(ada, id).getBoolean("awaitingProvider")).isFalse();
        assertThat(Payments.asAdmin(id).getString("providerRef")).isEqualTo(intent.getString("id"));
    }

    @Test
    void aRefusedCardSaysWhyAndTheNextOneSucceeds() {
        JsonObject refused = intent.copy()
                .put(
                        "last_payment_error",
                        new JsonObject()
                                .put("type", "card_error")
                                .put("code", "card_declined")
                                .put("decline_code", "lost_card"));

        Payments.tell("payment_intent.payment_failed", refused);

        assertThat(Payments.status(ada, id)).isEqualTo("failed");
        assertThat(Payments.get(ada, id).getString("failureCode")).isEqualTo("lost_card");
        Payments.tell("payment_intent.succeeded", intent);
        Payments.tell("payment_intent.payment_failed", refused);
        assertThat(Payments.status(ada, id)).isEqualTo("succeeded");
        assertThat(Payments.get(ada, id).getString("failureCode")).isNull();
        assertThat(Tokens.balance(ada)).isEqualTo(tokens);
    }

    /** Each order is of a payment of its own; every event comes twice. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void aCourseEndsTheSameInAnyOrder(long seed) {
        List<JsonObject> events = new ArrayList<>(List.of(
                Payments.event("payment_intent.processing", intent),
                Payments.event("payment_intent.payment_failed", intent),
                Payments.event("payment_intent.succeeded", intent),
                Payments.event("charge.refunded", Payments.charge(intent, 70)),
                Payments.event("refund.created", Payments.foreignRefund(intent, "re_a" + id, 70, "succeeded")),
                Payments.event("charge.refunded", Payments.charge(intent, 100)),
                Payments.event("refund.created", Payments.foreignRefund(intent, "re_b" + id, 30, "pending")),
                Payments.event("refund.failed", Payments.foreignRefund(intent, "re_b" + id, 30, "failed"))));
        events.addAll(List.copyOf(events));
        Collections.shuffle(events, new Random(seed));

        events.forEach(event -> Payments.tell(event).then().statusCode(200));

        assertThat(Payments.status(ada, id)).isEqualTo("refunded");
        assertThat(Payments.get(ada, id).getInt("refundedTokens")).isEqualTo(70);
        assertThat(Payments.asAdmin(id).getInt("uncoveredTokens")).isZero();
        assertThat(Tokens.balance(ada)).isEqualTo(tokens - 70);
        assertThat(Tokens.wrongs()).isEmpty();
    }

    @Test
    void aRefundOfSpentTokensTakesWhatIsThereAndCountsTheRest() {
        Payments.tell("payment_intent.succeeded", intent);
        Tokens.tip(ada, Tokens.creator(), tokens - 10).then().statusCode(201);

        Payments.tell("charge.refunded", Payments.charge(intent, 25));

        assertThat(Tokens.balance(ada)).isZero();
        assertThat(Payments.get(ada, id).getInt("refundedTokens")).isEqualTo(25);
        assertThat(Payments.asAdmin(id).getInt("uncoveredTokens")).isEqualTo(15);
    }

    @Test
    void aBodyBeyondTheLimitIsNotReadToItsEnd() {
        String request =
                "POST /api/v1/webhooks/stripe HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                        + "Stripe-Signature: t=1,v1=00\r\nContent-Length: " + 2_000_000 + "\r\n\r\n";
        assertThat(RawHttp.send(request).status()).isEqualTo(413);
    }
}
