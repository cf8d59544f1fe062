package dev.stagedoor.account.signin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;

import dev.stagedoor.support.Api;
import dev.stagedoor.support.Concurrently;
import dev.stagedoor.support.StagedoorTest;
import io.restassured.response.Response;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How a sign-in is kept up, and how it ends. */
@StagedoorTest
class RefreshTest {

    @Test
    void aRefreshTokenBuysNewTokensOnce() {
        Api.Person ada = Api.signUp();

        String accessToken = refresh(ada.refreshToken())
                .then()
                .statusCode(200)
                .header("Cache-Control", "no-store")
                .body("refreshToken", not(equalTo(ada.refreshToken())))
                .extract()
                .path("accessToken");

        Api.request()
                .header("Authorization", "Bearer " + accessToken)
                .get("/api/v1/users/me")
                .then()
                .statusCode(200)
                .body("id", equalTo(ada.id()));
        assertRefused(ada.refreshToken());
    }

    @Test
    void aSignInLastsThroughManyRefreshes() {
        String token = Api.signUp().refreshToken();

        for (int i = 0; i < 5; i++) {
            token = refreshed(token);
        }

        assertThat(refreshed(token)).isNotEqualTo(token);
    }

    @Test
    void whoComesWithAnOldTokenEndsTheSignInForAll() {
        String first = Api.signUp().refreshToken();
        String second = refreshed(first);
        String newest = refreshed(second);

        assertRefused(first);

        assertRefused(newest);
        assertRefused(second);
    }

    @Test
    void theOtherSignInsOfThePersonGoOn() {
        Api.Person ada = Api.signUp();
        Api.Person onTheOtherDevice = Api.signIn(ada.username(), Api.PASSWORD);
        String newest = refreshed(ada.refreshToken());
        assertRefused(ada.refreshToken());
        assertRefused(newest);

        assertThat(refreshed(onTheOtherDevice.refreshToken())).isNotEmpty();
    }

    @Test
    void ofManyRefreshesOfOneTokenAtOnceOneWinsAndTheRestEndTheSignIn() {
        for (int round = 0; round < 5; round++) {
            String token = Api.signUp().refreshToken();

            List<Response> answers = Concurrently.times(8, () -> refresh(token));

            assertThat(answers).extracting(Response::statusCode).containsOnly(200, 401);
            List<String> winners = answers.stream()
                    .filter(answer -> answer.statusCode() == 200)
                    .map(answer -> answer.<String>path("refreshToken"))
                    .toList();
            assertThat(winners).hasSize(1);
            assertRefused(winners.get(0));
        }
    }

    @Test
    void signingOutEndsTheSignIn() {
        Api.Person ada = Api.signUp();
        String newest = refreshed(ada.refreshToken());

        signOut(newest).then().statusCode(204);

        assertRefused(newest);
    }

    @Test
    void signingOutByAnOldTokenEndsTheSignInToo() {
        Api.Person ada = Api.signUp();
        String newest = refreshed(ada.refreshToken());

        signOut(ada.refreshToken()).then().statusCode(204);

        assertRefused(newest);
    }

    @Test
    void signingOutTellsNothing() {
        Api.Person ada = Api.signUp();

        signOut(ada.refreshToken()).then().statusCode(204);
        signOut(ada.refreshToken()).then().statusCode(204);
        signOut("never issued").then().statusCode(204);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "never issued", "\u0000", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"})
    void aTokenThatWasNeverIssuedIsRefused(String token) {
        assertRefused(token);
    }

    @Test
    void anAccessTokenIsNoRefreshTokenAndTheOtherWayRound() {
        Api.Person ada = Api.signUp();

        refresh(ada.accessToken()).then().statusCode(400).body("errors.field", equalTo(List.of("refreshToken")));
        Api.request()
                .header("Authorization", "Bearer " + ada.refreshToken())
                .get("/api/v1/users/me")
                .then()
                .statusCode(401);
    }

    private static Response refresh(String token) {
        return Api.request().body(Map.of("refreshToken", token)).post("/api/v1/auth/refresh");
    }

    private static Response signOut(String token) {
        return Api.request().body(Map.of("refreshToken", token)).post("/api/v1/auth/logout");
    }

    private static String refreshed(String token) {
        return refresh(token).then().statusCode(200).extract().path("refreshToken");
    }

    private static void assertRefused(String token) {
        refresh(token)
                .then()
                .statusCode(401)
                .contentType("application/problem+json")
                .header("WWW-Authenticate", equalTo("Bearer"))
                .body("retryable", equalTo(false));
    }
}
