package dev.stagedoor.wallet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.notNullValue;

import dev.stagedoor.support.Api;
import dev.stagedoor.support.Api.Person;
import dev.stagedoor.support.Database;
import dev.stagedoor.support.StagedoorTest;
import dev.stagedoor.support.Together;
import dev.stagedoor.support.Tokens;
import io.restassured.response.Response;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@StagedoorTest
class HoldResourceTest {

    private static final String HOLDS = "/api/v1/holds";

    private Person payer;
    private Person payee;

    @BeforeEach
    void signUp() {
        payer = Tokens.rich(100);
        payee = Api.signUp();
    }

    private String place(long amount) {
        return placed(Map.of("payeeId", payee.id(), "amount", amount))
                .then()
                .statusCode(201)
                .header("Location", notNullValue())
                .body("status", equalTo("held"))
                .extract()
                .path("id");
    }

    private Response placed(Map<String, ?> body) {
        return Tokens.post(payer, HOLDS, body);
    }

    private static Response act(Person person, String id, String action, Map<String, ?> body) {
        return Tokens.post(person, HOLDS + "/" + id + "/" + action, body);
    }

    private void assertTokens(long balance, long held, long paid) {
        assertThat(List.of(Tokens.balance(payer), Tokens.held(payer), Tokens.balance(payee)))
                .containsExactly(balance, held, paid);
        assertThat(Tokens.wrongs()).isEmpty();
    }

    @Test
    void aHoldSetsTokensAside() {
        placed(Map.of("payeeId", payee.id(), "amount", 60)).then().statusCode(201);

        assertTokens(40, 60, 0);
        placed(Map.of("payeeId", payee.id(), "amount", 41)).then().statusCode(409);
        assertTokens(40, 60, 0);
    }

    @Test
    void aCapturePaysAllUnlessLessIsAskedFor() {
        String id = place(60);

        act(payee, id, "capture", Map.of())
                .then()
                .statusCode(200)
                .body("status", equalTo("captured"))
                .body("captured", equalTo(60));

        assertTokens(40, 0, 60);
    }

    @Test
    void aCaptureInPartGivesTheOthersBack() {
        String id = place(60);

        act(payee, id, "capture", Map.of("amount", 25)).then().statusCode(200).body("captured", equalTo(25));

        assertTokens(75, 0, 25);
    }

    @Test
    void aReleaseGivesAllBack() {
        String id = place(60);

        act(payee, id, "release", Map.of()).then().statusCode(200).body("status", equalTo("released"));

        assertTokens(100, 0, 0);
    }

    @Test
    void aHoldIsSettledOnce() {
        String id = place(60);

        List<Integer> statuses = Together.run(
                8,
                i -> act(payee, id, i % 2 == 0 ? "capture" : "release", Map.of())
                        .statusCode());

        assertThat(statuses).containsOnlyOnce(200).containsOnly(200, 409);
        assertThat(Tokens.wrongs()).isEmpty();
        assertThat(Tokens.held(payer)).isZero();
    }

    @Test
    void aRepeatedCaptureIsDoneOnce() {
        String id = place(60);
        String path = HOLDS + "/" + id + "/capture";

        Tokens.post(payee, "k", path, Map.of("amount", 10)).then().statusCode(200);
        Tokens.post(payee, "k", path, Map.of("amount", 10))
                .then()
                .statusCode(200)
                .header("Idempotency-Replayed", "true");
        Tokens.post(payee, "k", path, Map.of("amount", 11)).then().statusCode(422);

        assertTokens(90, 0, 10);
    }

    @Test
    void moreThanIsHeldIsNotCaptured() {
        String id = place(60);

        act(payee, id, "capture", Map.of("amount", 61)).then().statusCode(400).body("errors.field", hasItem("amount"));

        assertTokens(40, 60, 0);
    }

    @Test
    void onlyWhoIsPaidSettlesAndOthersDoNotKnowOfIt() {
        String id = place(60);
        Person stranger = Api.signUp();

        act(payer, id, "capture", Map.of()).then().statusCode(403);
        act(payer, id, "release", Map.of()).then().statusCode(403);
        act(stranger, id, "capture", Map.of()).then().statusCode(404);
        act(payee, UUID.randomUUID().toString(), "capture", Map.of()).then().statusCode(404);
        stranger.request().get(HOLDS + "/" + id).then().statusCode(404);
        payer.request().get(HOLDS + "/" + id).then().statusCode(200).body("amount", equalTo(60));
        payee.request().get(HOLDS).then().statusCode(200).body("data.id", equalTo(List.of(id)));

        assertTokens(40, 60, 0);
    }

    @Test
    void whatABookedSessionHoldsIsItsOwn() {
        String id = place(60);
        Database.change("UPDATE token_hold SET expires_at = NULL WHERE id = '" + id + "'");

        act(payee, id, "capture", Map.of()).then().statusCode(404);

        assertTokens(40, 60, 0);
    }

    @Test
    void aHoldExpiresByItself() {
        String id = placed(Map.of("payeeId", payee.id(), "amount", 60, "expiresInSeconds", 1))
                .path("id");

        await().untilAsserted(() -> payer.request().get(HOLDS + "/" + id).then().body("status", equalTo("expired")));

        assertTokens(100, 0, 0);
        act(payee, id, "capture", Map.of()).then().statusCode(409);
    }

    @Test
    void holdsForNobodyOrOneselfOrWithoutKeyAreRefused() {
        placed(Map.of("payeeId", UUID.randomUUID().toString(), "amount", 1))
                .then()
                .statusCode(404);
        placed(Map.of("payeeId", payer.id(), "amount", 1)).then().statusCode(400);
        placed(Map.of("payeeId", payee.id(), "amount", 1, "expiresInSeconds", 0))
                .then()
                .statusCode(400)
                .body("errors.field", hasItem("expiresInSeconds"));
        payer.request()
                .body(Map.of("payeeId", payee.id(), "amount", 1))
                .post(HOLDS)
                .then()
                .statusCode(400)
                .body("errors.field", hasItem("Idempotency-Key"));
        assertTokens(100, 0, 0);
    }
}
