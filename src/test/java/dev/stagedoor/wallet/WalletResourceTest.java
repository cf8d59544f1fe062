package dev.stagedoor.wallet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;

import dev.stagedoor.support.Api;
import dev.stagedoor.support.Api.Person;
import dev.stagedoor.support.StagedoorTest;
import dev.stagedoor.support.Together;
import dev.stagedoor.support.Tokens;
import io.restassured.response.Response;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@StagedoorTest
class WalletResourceTest {

    private Person creator;

    @BeforeEach
    void signUp() {
        creator = Tokens.creator();
    }

    private static int status(Response response) {
        return response.statusCode();
    }

    @Test
    void whoNeverHadTokensHasNone() {
        Api.signUp()
                .request()
                .get(Tokens.WALLET)
                .then()
                .statusCode(200)
                .body("balance", equalTo(0))
                .body("held", equalTo(0));
    }

    @Test
    void aTipMovesTokensToTheCreator() {
        Person fan = Tokens.rich(100);

        Tokens.tip(fan, creator, 30)
                .then()
                .statusCode(201)
                .header("X-Invalidates", "user:" + fan.id() + ":wallet")
                .body("userId", equalTo(fan.id()))
                .body("creatorId", equalTo(creator.id()))
                .body("amount", equalTo(30));

        assertThat(Tokens.balance(fan)).isEqualTo(70);
        assertThat(Tokens.balance(creator)).isEqualTo(30);
        creator.request()
                .get(Tokens.ENTRIES)
                .then()
                .body("data", hasSize(1))
                .body("data[0].seq", equalTo(1))
                .body("data[0].kind", equalTo("tip"))
                .body("data[0].amount", equalTo(30))
                .body("data[0].balance", equalTo(30))
                .body("data[0].counterpartyId", equalTo(fan.id()))
                .body("data[0].subjectId", nullValue());
    }

    @Test
    void moreThanThereIsMovesNothing() {
        Person fan = Tokens.rich(10);

        Tokens.tip(fan, creator, 11)
                .then()
                .statusCode(409)
                .body("type", equalTo("urn:stagedoor:problem:insufficient-tokens"))
                .body("detail", containsString("there are 10"));

        assertThat(Tokens.balance(fan)).isEqualTo(10);
    }

    @Test
    void tipsForOneselfAndForWhoIsNoCreatorAreRefused() {
        Person fan = Tokens.rich(10);
        Tokens.becomeCreator(fan);

        Tokens.tip(fan, fan, 1).then().statusCode(400).body("errors.field", hasItem("creatorId"));
        Tokens.tip(fan, Api.signUp(), 1).then().statusCode(404);
        Tokens.post(fan, Tokens.TIPS, Map.of("creatorId", UUID.randomUUID().toString(), "amount", 1))
                .then()
                .statusCode(404);

        assertThat(Tokens.balance(fan)).isEqualTo(10);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "1.5", "1000000000001", "9223372036854775808", "\"many\"", "null", "1e400"})
    void anAmountThatIsNoneIsRefused(String amount) {
        Person fan = Tokens.rich(10);
        fan.request()
                .header("Idempotency-Key", Tokens.newKey())
                .body("{\"creatorId\":\"" + creator.id() + "\",\"amount\":" + amount + "}")
                .post(Tokens.TIPS)
                .then()
                .statusCode(400)
                .body("errors.field", hasItem("amount"));
        assertThat(Tokens.balance(fan)).isEqualTo(10);
    }

    @Test
    void everyMovementNeedsAnIdempotencyKey() {
        Map<String, Object> tip = Map.of("creatorId", creator.id(), "amount", 1);
        Map<String, Object> grant = Map.of("userId", creator.id(), "amount", 1);
        List.of(
                        Api.signUp().request().body(tip).post(Tokens.TIPS),
                        Api.admin().request().body(grant).post(Tokens.GRANTS))
                .forEach(response -> response.then().statusCode(400).body("errors.field", hasItem("Idempotency-Key")));
    }

    @Test
    void aRepeatedTipMovesTokensOnce() {
        Person fan = Tokens.rich(100);
        Map<String, Object> tip = Map.of("creatorId", creator.id(), "amount", 40);
        String key = Tokens.newKey();

        Response first = Tokens.post(fan, key, Tokens.TIPS, tip);
        Response again = Tokens.post(fan, key, Tokens.TIPS, tip);

        first.then().statusCode(201).header("Idempotency-Replayed", nullValue());
        again.then().statusCode(201).header("Idempotency-Replayed", "true");
        assertThat(again.asString()).isEqualTo(first.asString());
        assertThat(Tokens.balance(fan)).isEqualTo(60);
        Tokens.post(fan, key, Tokens.TIPS, Map.of("creatorId", creator.id(), "amount", 41))
                .then()
                .statusCode(422)
                .body("type", equalTo("urn:stagedoor:problem:idempotency-key-reused"));
        assertThat(Tokens.balance(fan)).isEqualTo(60);
    }

    @Test
    void tipsThatAreRepeatedAtTheSameTimeMoveTokensOnce() {
        Person fan = Tokens.rich(100);
        String key = Tokens.newKey();
        Map<String, Object> tip = Map.of("creatorId", creator.id(), "amount", 40);

        List<String> ids = Together.run(
                12,
                i -> Tokens.post(fan, key, Tokens.TIPS, tip)
                        .then()
                        .statusCode(201)
                        .extract()
                        .<String>path("id"));

        assertThat(ids).containsOnly(ids.get(0));
        assertThat(Tokens.balance(fan)).isEqualTo(60);
    }

    @Test
    void ofDifferentPayloadsUnderOneKeyAtTheSameTimeOneIsDone() {
        Person fan = Tokens.rich(100);
        String key = Tokens.newKey();

        List<Integer> statuses = Together.run(
                8, i -> status(Tokens.post(fan, key, Tokens.TIPS, Map.of("creatorId", creator.id(), "amount", i + 1))));

        assertThat(statuses).containsOnly(201, 422).containsOnlyOnce(201);
    }

    @Test
    void whatWasRefusedForLackOfTokensCanBeRepeatedWithTheSameKey() {
        Person fan = Api.signUp();
        String key = Tokens.newKey();
        Map<String, Object> tip = Map.of("creatorId", creator.id(), "amount", 5);

        Tokens.post(fan, key, Tokens.TIPS, tip).then().statusCode(409);
        Tokens.grant(fan, 5);
        Tokens.post(fan, key, Tokens.TIPS, tip).then().statusCode(201);

        assertThat(Tokens.balance(fan)).isZero();
    }

    @Test
    void atTheSameTimeNobodySpendsMoreThanThereIs() {
        Person fan = Tokens.rich(50);

        List<Integer> statuses = Together.run(24, i -> status(Tokens.tip(fan, creator, 7)));

        assertThat(statuses).filteredOn(status -> status == 201).hasSize(7);
        assertThat(statuses).filteredOn(status -> status == 409).hasSize(17);
        assertThat(Tokens.balance(fan)).isEqualTo(1);
        assertThat(Tokens.wrongs()).isEmpty();
    }

    @Test
    void whoTipEachOtherAtTheSameTimeDoNotWaitForEachOther() {
        Person one = Tokens.rich(1_000);
        Person other = Tokens.rich(1_000);
        Tokens.becomeCreator(one);
        Tokens.becomeCreator(other);

        List<Integer> statuses = Together.run(
                32, i -> status(i % 2 == 0 ? Tokens.tip(one, other, 1 + i) : Tokens.tip(other, one, 1 + i)));

        assertThat(statuses).containsOnly(201);
        assertThat(Tokens.balance(one) + Tokens.balance(other)).isEqualTo(2_000);
        assertThat(Tokens.wrongs()).isEmpty();
    }

    @Test
    void onlyAdminsIssueTokensAndOnlyToUsers() {
        Person person = Api.signUp();

        Tokens.post(person, Tokens.GRANTS, Map.of("userId", person.id(), "amount", 1))
                .then()
                .statusCode(403);
        Tokens.post(
                        Api.admin(),
                        Tokens.GRANTS,
                        Map.of("userId", UUID.randomUUID().toString(), "amount", 1))
                .then()
                .statusCode(404);
        Api.request().get(Tokens.WALLET).then().statusCode(401);

        assertThat(Tokens.balance(person)).isZero();
    }

    @Test
    void entriesAreListedNewestFirstInPages() {
        Person fan = Tokens.rich(10);
        IntStream.range(0, 4).forEach(i -> Tokens.tip(fan, creator, 1).then().statusCode(201));

        Response first = fan.request().get(Tokens.ENTRIES + "?limit=3");
        first.then().statusCode(200).body("data.seq", equalTo(List.of(5, 4, 3)));
        fan.request()
                .get(Tokens.ENTRIES + "?limit=3&cursor=" + first.path("next"))
                .then()
                .statusCode(200)
                .body("data.seq", equalTo(List.of(2, 1)))
                .body("data.balance", equalTo(List.of(9, 10)))
                .body("next", nullValue());
        creator.request()
                .get(Tokens.ENTRIES + "?cursor=" + first.path("next"))
                .then()
                .statusCode(400);
    }
}
