package dev.stagedoor.wallet.payment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.nullValue;

import dev.stagedoor.support.Api;
import dev.stagedoor.support.Api.Person;
import dev.stagedoor.support.Database;
import dev.stagedoor.support.Payments;
import dev.stagedoor.support.StagedoorTest;
import dev.stagedoor.support.Tokens;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@StagedoorTest
class PaymentResourceTest {

    private static final String UNKNOWN = "0199b2d4-7c7e-7a52-9d0a-0f6f6d1a2b3c";

    /** Whose requests are all refused, and who stays as they were. */
    private static Person refused;

    private static Person refused() {
        if (refused == null) {
            refused = Tokens.rich(10);
        }
        return refused;
    }

    @Test
    void aManualPurchaseGivesTokensOnceAnAdminSaysThatItSucceeded() {
        Person ada = Api.signUp();

        Response created = Payments.ask(ada, Payments.purchase("manual", 500));

        created.then()
                .statusCode(201)
                .header("Location", endsWith("/api/v1/payments/" + created.path("id")))
                .header("X-Invalidates", containsString("user:" + ada.id() + ":payments"))
                .body("userId", equalTo(ada.id()))
                .body("kind", equalTo("purchase"))
                .body("tokens", equalTo(500))
                .body("feeTokens", equalTo(0))
                .body("amount", equalTo(500))
                .body("currency", equalTo("usd"))
                .body("status", equalTo("requires_payment"))
                .body("refundedTokens", equalTo(0))
                .body("awaitingProvider", equalTo(false))
                .body("clientSecret", nullValue())
                .body("uncoveredTokens", nullValue());
        String id = created.path("id");
        assertThat(Tokens.balance(ada)).isZero();
        Payments.decide(id, "process").then().statusCode(200).body("status", equalTo("processing"));
        Payments.decide(id, "succeed").then().statusCode(200).body("status", equalTo("succeeded"));
        Payments.decide(id, "succeed").then().statusCode(200).body("status", equalTo("succeeded"));
        assertThat(Tokens.balance(ada)).isEqualTo(500);
        assertThat(Payments.status(ada, id)).isEqualTo("succeeded");
    }

    @Test
    void aManualCashOutHoldsTheTokensAndTakesThemWhenTheMoneyIsPaid() {
        Person ada = Tokens.rich(300);

        String id = Payments.askedId(ada, Payments.cashOut("manual", 300));

        assertThat(Tokens.balance(ada)).isZero();
        assertThat(Tokens.held(ada)).isEqualTo(300);
        Payments.decide(id, "succeed").then().statusCode(200);
        assertThat(Tokens.balance(ada)).isZero();
        assertThat(Tokens.held(ada)).isZero();
    }

    @Test
    void whatWasHeldForACashOutThatFailedOrWasCancelledComesBack() {
        Person ada = Tokens.rich(300);
        String failing = Payments.askedId(ada, Payments.cashOut("manual", 100));
        String cancelled = Payments.askedId(ada, Payments.cashOut("manual", 200));

        Payments.decide(failing, "fail")
                .then()
                .statusCode(200)
                .body("status", equalTo("failed"))
                .body("failureCode", equalTo("refused"));
        assertThat(Tokens.balance(ada)).isEqualTo(100);
        Payments.cancel(ada, cancelled).then().statusCode(200).body("status", equalTo("cancelled"));
        Payments.cancel(ada, cancelled).then().statusCode(200).body("status", equalTo("cancelled"));
        assertThat(Tokens.balance(ada)).isEqualTo(300);
        assertThat(Tokens.held(ada)).isZero();
    }

    @Test
    void nobodyCashesOutMoreThanTheyHave() {
        Person ada = Tokens.rich(99);

        Payments.ask(ada, Payments.cashOut("manual", 100))
                .then()
                .statusCode(409)
                .body("type", endsWith(":insufficient-tokens"));

        assertThat(ada.request().get(Payments.PAYMENTS).jsonPath().getList("data"))
                .isEmpty();
        assertThat(Tokens.balance(ada)).isEqualTo(99);
    }

    @ParameterizedTest
    @CsvSource({"process, succeed", "succeed, fail", "fail, succeed", "fail, process", "succeed, process"})
    void whatIsDecidedStaysSo(String first, String second) {
        Person ada = Api.signUp();
        String id = Payments.askedId(ada, Payments.purchase("manual", 10));
        String decided =
                Payments.decide(id, first).then().statusCode(200).extract().path("status");

        Payments.cancel(ada, id)
                .then()
                .statusCode(409)
                .body("type", endsWith(":payment-not-cancellable"))
                .body("detail", containsString(decided));
        boolean isOpen = first.equals("process");
        Payments.decide(id, second).then().statusCode(isOpen ? 200 : 409);
        assertThat(Payments.status(ada, id)).isEqualTo(isOpen ? "succeeded" : decided);
    }

    @Test
    void aKeyAsksOnceAndGivesThePaymentAsItIsThen() {
        Person ada = Api.signUp();
        String key = Tokens.newKey();
        Map<String, Object> request = Payments.purchase("manual", 50);
        String id = Tokens.post(ada, key, Payments.PAYMENTS, request).path("id");
        Payments.decide(id, "succeed").then().statusCode(200);

        Tokens.post(ada, key, Payments.PAYMENTS, request)
                .then()
                .statusCode(201)
                .header("Idempotency-Replayed", "true")
                .body("id", equalTo(id))
                .body("status", equalTo("succeeded"));
        Tokens.post(ada, key, Payments.PAYMENTS, Payments.purchase("manual", 51))
                .then()
                .statusCode(422);
        ada.request()
                .body(request)
                .post(Payments.PAYMENTS)
                .then()
                .statusCode(400)
                .body("errors.field", hasItem("Idempotency-Key"));
        assertThat(ada.request().get(Payments.PAYMENTS).jsonPath().getList("data"))
                .hasSize(1);
        assertThat(Tokens.balance(ada)).isEqualTo(50);
    }

    static Stream<Arguments> wrongRequests() {
        return Stream.of(
                Arguments.of("tokens", null),
                Arguments.of("tokens", 0),
                Arguments.of("tokens", -5),
                Arguments.of("tokens", 1.5),
                Arguments.of("tokens", 1_000_000_000_001L),
                Arguments.of("tokens", "many"),
                Arguments.of("provider", null),
                Arguments.of("provider", "paypal"),
                Arguments.of("provider", 0),
                Arguments.of("kind", "gift"),
                Arguments.of("destination", "acct_1"),
                Arguments.of("amount", 1));
    }

    @ParameterizedTest
    @MethodSource("wrongRequests")
    void aWrongRequestIsRefusedByTheNameOfItsFieldAndChangesNothing(String field, Object value) {
        Person ada = refused();
        Map<String, Object> request = new HashMap<>(Payments.purchase("manual", 10));
        request.put(field, value);

        Payments.ask(ada, request).then().statusCode(400).body("errors.field", contains(field));

        assertThat(ada.request().get(Payments.PAYMENTS).jsonPath().getList("data"))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "acct", "acct_", "acct_1/../../v1/charges", "acct_1 ", "ca_123"})
    void stripePaysOutToConnectedAccountsAlone(String destination) {
        Person ada = refused();
        Map<String, Object> request = new HashMap<>(Payments.cashOut("stripe", 10));
        request.put("destination", destination);

        Payments.ask(ada, request).then().statusCode(400).body("errors.field", contains("destination"));
        request.remove("destination");
        Payments.ask(ada, request).then().statusCode(400).body("errors.field", contains("destination"));
        assertThat(Tokens.balance(ada)).isEqualTo(10);
    }

    @Test
    void aPaymentIsItsUsersBusinessAndAnAdmins() {
        Person ada = Api.signUp();
        Person bob = Api.signUp();
        String id = Payments.askedId(ada, Payments.purchase("manual", 10));

        bob.request().get(Payments.payment(id)).then().statusCode(404);
        Payments.cancel(bob, id).then().statusCode(404);
        Payments.cancel(bob, UNKNOWN).then().statusCode(404);
        bob.request().get(Payments.ADMIN).then().statusCode(403);
        bob.request().get(Payments.ADMIN + "/" + id).then().statusCode(403);
        bob.request().post(Payments.ADMIN + "/" + id + "/succeed").then().statusCode(403);
        Tokens.post(ada, Payments.ADMIN + "/" + id + "/refund", Map.of("tokens", 1))
                .then()
                .statusCode(403);
        Api.request().get(Payments.PAYMENTS).then().statusCode(401);
        Payments.decide(UNKNOWN, "succeed").then().statusCode(404);
        Payments.refund(UNKNOWN, 1).then().statusCode(404);
        assertThat(Payments.status(ada, id)).isEqualTo("requires_payment");
    }

    @Test
    void aRefundTakesTokensBackOnceForItsKeyAndNeverMoreThanWereBought() {
        Person ada = Api.signUp();
        String id = Payments.askedId(ada, Payments.purchase("manual", 100));
        Payments.refund(id, 1).then().statusCode(409).body("type", endsWith(":payment-not-refundable"));
        Payments.decide(id, "succeed").then().statusCode(200);
        String key = Tokens.newKey();
        String path = Payments.ADMIN + "/" + id + "/refund";

        Tokens.post(Api.admin(), key, path, Map.of("tokens", 30))
                .then()
                .statusCode(200)
                .body("status", equalTo("refunded"))
                .body("refundedTokens", equalTo(30))
                .body("uncoveredTokens", equalTo(0));
        Tokens.post(Api.admin(), key, path, Map.of("tokens", 30))
                .then()
                .statusCode(200)
                .header("Idempotency-Replayed", "true")
                .body("refundedTokens", equalTo(30));
        Tokens.post(Api.admin(), key, path, Map.of("tokens", 31)).then().statusCode(422);
        Api.admin().request().body(Map.of("tokens", 1)).post(path).then().statusCode(400);
        Payments.refund(id, 0).then().statusCode(400).body("errors.field", contains("tokens"));
        Payments.refund(id, 71).then().statusCode(409).body("type", endsWith(":refund-exceeds-payment"));
        assertThat(Tokens.balance(ada)).isEqualTo(70);
        Payments.refund(id, 70).then().statusCode(200).body("refundedTokens", equalTo(100));
        assertThat(Tokens.balance(ada)).isZero();
        assertThat(Payments.get(ada, id).getInt("refundedTokens")).isEqualTo(100);
    }

    @Test
    void tokensThatAreSpentAreNotTakenBelowZeroButCountedForAdmins() {
        Person ada = Api.signUp();
        String id = Payments.askedId(ada, Payments.purchase("manual", 100));
        Payments.decide(id, "succeed").then().statusCode(200);
        Tokens.tip(ada, Tokens.creator(), 80).then().statusCode(201);

        Payments.refund(id, 50).then().statusCode(200).body("uncoveredTokens", equalTo(30));

        assertThat(Tokens.balance(ada)).isZero();
        JsonPath seen = Payments.get(ada, id);
        assertThat(seen.getInt("refundedTokens")).isEqualTo(50);
        assertThat(seen.getMap("")).doesNotContainKeys("uncoveredTokens", "providerRef");
    }

    @Test
    void paymentsAreListedNewestFirstWithAndWithoutAStatus() {
        Person ada = Api.signUp();
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            ids.add(0, Payments.askedId(ada, Payments.purchase("manual", 10 + i)));
        }
        Payments.cancel(ada, ids.get(1)).then().statusCode(200);
        Payments.cancel(ada, ids.get(3)).then().statusCode(200);

        assertThat(walk(ada, "")).isEqualTo(ids);
        assertThat(walk(ada, "&status=cancelled")).containsExactly(ids.get(1), ids.get(3));
        assertThat(walk(ada, "&status=requires_payment")).containsExactly(ids.get(0), ids.get(2), ids.get(4));
        assertThat(walk(ada, "&status=refunded")).isEmpty();
        assertThat(ada.request().get(Payments.PAYMENTS + "?limit=1").jsonPath().getMap("data[0]"))
                .isEqualTo(Payments.get(ada, ids.get(0)).getMap(""));
    }

    private static List<String> walk(Person person, String query) {
        List<String> ids = new ArrayList<>();
        String cursor = "";
        while (cursor != null) {
            JsonPath page = person.request()
                    .get(Payments.PAYMENTS + "?limit=2" + query + cursor)
                    .then()
                    .statusCode(200)
                    .extract()
                    .jsonPath();
            ids.addAll(page.getList("data.id"));
            String next = page.getString("next");
            cursor = next == null ? null : "&cursor=" + next;
        }
        return ids;
    }

    @Test
    void adminsSeeThePaymentsOfEveryone() {
        Person ada = Api.signUp();
        String id = Payments.askedId(ada, Payments.purchase("manual", 10));

        List<String> all = Api.admin().request().get(Payments.ADMIN).jsonPath().getList("data.id");
        assertThat(all.get(0)).isEqualTo(id);
        Payments.cancel(ada, id).then().statusCode(200);
        Api.admin()
                .request()
                .get(Payments.ADMIN + "?status=cancelled&limit=1")
                .then()
                .statusCode(200)
                .body("data.id", contains(id));
    }

    @ParameterizedTest
    @CsvSource({"status, paid", "status, SUCCEEDED", "limit, 0", "limit, 101", "cursor, x"})
    void anImpossibleListIsRefusedByTheNameOfItsParameter(String parameter, String value) {
        for (String path : List.of(Payments.PAYMENTS, Payments.ADMIN)) {
            Api.admin()
                    .request()
                    .get(path + "?" + parameter + "=" + value)
                    .then()
                    .statusCode(400)
                    .body("errors.field", hasItem(parameter));
        }
    }

    @Test
    void aCursorCountsForItsOwnListOnly() {
        Person ada = Api.signUp();
        Person bob = Api.signUp();
        assertThat(Payments.askedId(ada, Payments.purchase("manual", 1)))
                .isNotEqualTo(Payments.askedId(ada, Payments.purchase("manual", 1)));
        String cursor = ada.request().get(Payments.PAYMENTS + "?limit=1").path("next");

        ada.request().get(Payments.PAYMENTS + "?cursor=" + cursor).then().statusCode(200);
        bob.request().get(Payments.PAYMENTS + "?cursor=" + cursor).then().statusCode(400);
        ada.request()
                .get(Payments.PAYMENTS + "?status=cancelled&cursor=" + cursor)
                .then()
                .statusCode(400);
        Api.admin().request().get(Payments.ADMIN + "?cursor=" + cursor).then().statusCode(400);
    }

    @Test
    void whoPaysIsToldOfEveryChange() {
        Person ada = Api.signUp();
        String id = Payments.askedId(ada, Payments.purchase("manual", 10));
        Payments.decide(id, "succeed").then().statusCode(200);

        assertThat(Database.query("SELECT data FROM outbox WHERE topic = 'private-user-" + ada.id()
                        + "' AND name = 'payment.updated' ORDER BY topic_offset DESC LIMIT 1"))
                .singleElement()
                .asString()
                .contains(id, "\"succeeded\"", "payment:" + id);
        assertThat(Tokens.wrongs()).isEmpty();
    }
}
