package dev.stagedoor.account.signin;

import static dev.stagedoor.account.signin.Forger.es256;
import static dev.stagedoor.account.signin.Forger.token;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.stagedoor.support.Api;
import dev.stagedoor.support.EmbeddedServices;
import dev.stagedoor.support.Metrics;
import dev.stagedoor.support.StagedoorTest;
import java.time.Instant;
import org.junit.jupiter.api.Test;

@StagedoorTest
class ExpiringTokenTest {

    /** From its expiry on, only the clocks' difference may count in its favour, which is looked at each time. */
    @Test
    void noLongerThanATokenIsValidItIsTakenWithoutALook() {
        Forger forger = new Forger(Api.signUp().accessToken());
        long expiry = Instant.now().getEpochSecond() + 2;
        String expiring = token(
                forger.header(header -> {}),
                forger.claims(claims -> claims.put("exp", expiry)),
                es256(Forger.privateKey(EmbeddedServices.settings().get("stagedoor.auth.private-key"))));
        assertThat(isTakenWithoutALook(expiring)).as("the first time").isFalse();
        assertThat(isTakenWithoutALook(expiring)).isTrue();

        await().until(() -> Instant.now().getEpochSecond() >= expiry);

        assertThat(isTakenWithoutALook(expiring)).isFalse();
    }

    private static boolean isTakenWithoutALook(String token) {
        double before = Metrics.sum("cache_direct_answers_total");
        Api.request()
                .header("Authorization", "Bearer " + token)
                .get("/api/v1/users/me")
                .then()
                .statusCode(200);
        return Metrics.sum("cache_direct_answers_total") > before;
    }
}
