package dev.stagedoor.wallet.payment.stripe;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.stagedoor.platform.http.ApiException;
import dev.stagedoor.support.Payments;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class StripeSignatureTest {

    private static final long TIME = 1_760_000_000;
    private static final String BODY = "{\"id\":\"evt_1\",\"type\":\"payment_intent.succeeded\"}";
    private static final List<String> SECRETS = List.of("whsec_new", "whsec_old");

    private static void require(String header, String body, long now) {
        StripeSignature.parse(header)
                .require(SECRETS, body.getBytes(StandardCharsets.UTF_8), Instant.ofEpochSecond(now));
    }

    private static String signed(String secret) {
        return Payments.signature(secret, TIME, BODY);
    }

    private static void assertRefused(ThrowingCallable call) {
        assertThatExceptionOfType(ApiException.class)
                .isThrownBy(call)
                .matches(refusal -> refusal.status() == 400)
                .withMessageStartingWith("Stripe-Signature");
    }

    @ParameterizedTest
    @ValueSource(strings = {"whsec_new", "whsec_old"})
    void everyActiveSecretSigns(String secret) {
        assertThatCode(() -> require(signed(secret), BODY, TIME)).doesNotThrowAnyException();
    }

    @Test
    void anotherSecretDoesNot() {
        assertRefused(() -> require(signed("whsec_new2"), BODY, TIME));
    }

    @Test
    void oneGoodSignatureAmongOthersIsEnoughAndOtherSchemesDoNotMatter() {
        String good = signed("whsec_old").replaceFirst(".*,", "");

        assertThatCode(() -> require("t=" + TIME + ",v1=00,v0=ab," + good + ",v1=ff,extra", BODY, TIME))
                .doesNotThrowAnyException();
        assertRefused(() -> require("t=" + TIME + ",v1=00," + good.replace("v1", "v0"), BODY, TIME));
    }

    @Test
    void noBitOfTheBodyMayChange() {
        byte[] body = BODY.getBytes(StandardCharsets.UTF_8);
        for (int bit = 0; bit < body.length * Byte.SIZE; bit++) {
            byte[] forged = body.clone();
            forged[bit / Byte.SIZE] ^= (byte) (1 << bit % Byte.SIZE);
            assertRefused(() ->
                    StripeSignature.parse(signed("whsec_new")).require(SECRETS, forged, Instant.ofEpochSecond(TIME)));
        }
    }

    @Test
    void theTimeIsSigned() {
        assertRefused(() -> require(signed("whsec_new").replace("t=" + TIME, "t=" + (TIME + 1)), BODY, TIME));
    }

    @ParameterizedTest
    @ValueSource(longs = {-300, -299, 0, 300})
    void fiveMinutesOfDifferenceAreTolerated(long seconds) {
        assertThatCode(() -> require(signed("whsec_new"), BODY, TIME + seconds)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(longs = {-301, 301, 86_400})
    void moreAreNot(long seconds) {
        assertRefused(() -> require(signed("whsec_new"), BODY, TIME + seconds));
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(
            strings = {
                "",
                "t=,v1=00",
                "v1=00",
                "t=1760000000",
                "t=1760000000,v0=00",
                "t=-1760000000,v1=00",
                "t=1e9,v1=00",
                "t=99999999999999999999,v1=00",
                "=,=",
                "t=1760000000,v1"
            })
    void whatIsNoSignatureIsRefused(String header) {
        assertRefused(() -> require(header, BODY, TIME));
    }

    @Test
    void theWorkOfAForgeryIsBounded() {
        String header = "t=" + TIME + String.join("", Collections.nCopies(21, ",v1=00"));

        assertRefused(() -> require(header, BODY, TIME));
    }

    @Test
    void withoutASecretNothingIsSigned() {
        byte[] body = BODY.getBytes(StandardCharsets.UTF_8);

        assertRefused(
                () -> StripeSignature.parse(signed("whsec_new")).require(List.of(), body, Instant.ofEpochSecond(TIME)));
    }
}
