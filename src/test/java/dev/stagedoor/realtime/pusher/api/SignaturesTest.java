package dev.stagedoor.realtime.pusher.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stagedoor.platform.http.ApiException;
import dev.stagedoor.realtime.pusher.PusherApp;
import dev.stagedoor.realtime.pusher.TestApps;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The examples of the protocol's documents. */
class SignaturesTest {

    private static final PusherApp APP = TestApps.app("3", "278d425bdf160c739803", "7ad3773142a6692b25b8");

    private static final String BODY =
            "{\"name\":\"foo\",\"channels\":[\"project-3\"],\"data\":\"{\\\"some\\\":\\\"data\\\"}\"}";
    private static final Instant THEN = Instant.ofEpochSecond(1_353_088_179);
    private static final String QUERY = "auth_key=278d425bdf160c739803&auth_timestamp=1353088179&auth_version=1.0"
            + "&body_md5=ec365a775a4cd0599faeb73354201b6f"
            + "&auth_signature=da454824c97ba181a32ccc17a72625ba02771f50b50e1e7430e47a1f3f457e6c";

    private static SignedRequest request(String method, String path, String query, String body) {
        return new SignedRequest(method, path, query, "", body.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void subscriptionsAreSignedAsDocumented() {
        assertThat(APP.authorization(PusherApp.subscription("1234.1234", "private-foobar", null)))
                .isEqualTo("278d425bdf160c739803:58df8b0c36d6982b82c3ecf6b4662e34fe8c25bba48f5369f135bf843651c3a4");
        assertThat(APP.sign(PusherApp.subscription(
                        "1234.1234", "presence-foobar", "{\"user_id\":10,\"user_info\":{\"name\":\"Mr. Pusher\"}}")))
                .isEqualTo("afaed3695da2ffd16931f457e338e6c9f2921fa133ce7dac49f529792be6304c");
        assertThat(APP.sign(PusherApp.subscription(
                        "1234.1234", "presence-foobar", "{\"user_id\":10,\"user_info\":{\"name\":\"Mr. Channels\"}}")))
                .isEqualTo("31935e7d86dba64c2a90aed31fdc61869f9b22ba9d8863bba239c03ca481bc80");
    }

    @Test
    void signInsAreSignedAsDocumented() {
        assertThat(APP.sign(PusherApp.signIn("1234.1234", "{\"id\":\"12345\"}")))
                .isEqualTo("4708d583dada6a56435fb8bc611c77c359a31eebde13337c16ab43aa6de336ba");
    }

    @Test
    void requestsAreSignedAsDocumented() {
        request("POST", "/apps/3/events", QUERY, BODY).requireSignature(APP, THEN);
    }

    @Test
    void aProxyMayTakeAPrefixAwayThatWasSignedOrAddOneThatWasNot() {
        String signature = APP.sign("GET\n/live/apps/3/channels\nauth_key=278d425bdf160c739803"
                + "&auth_timestamp=1353088179&auth_version=1.0");
        String query = QUERY.replaceFirst("&body_md5.*", "&auth_signature=" + signature);
        SignedRequest stripped = new SignedRequest("GET", "/apps/3/channels", query, "/live", null);
        stripped.requireSignature(APP, THEN);

        request("POST", "/live/apps/3/events", QUERY, BODY).requireSignature(APP, THEN);
    }

    @ParameterizedTest
    @ValueSource(longs = {-601, 601, 86_400})
    void aSignatureIsGoodForTenMinutes(long seconds) {
        request("POST", "/apps/3/events", QUERY, BODY).requireSignature(APP, THEN.plusSeconds(-600));
        request("POST", "/apps/3/events", QUERY, BODY).requireSignature(APP, THEN.plusSeconds(600));

        assertRefused(request("POST", "/apps/3/events", QUERY, BODY), THEN.plusSeconds(seconds));
    }

    @ParameterizedTest
    @CsvSource({
        "auth_key=278d425bdf160c739803,auth_key=other",
        "auth_key=278d425bdf160c739803,x=y",
        "auth_timestamp=1353088179,auth_timestamp=1353088180",
        "auth_timestamp=1353088179,auth_timestamp=soon",
        "auth_timestamp=1353088179,auth_timestamp=99999999999999999999",
        "auth_version=1.0,auth_version=2.0",
        "body_md5=ec365a775a4cd0599faeb73354201b6f,body_md5=ec365a775a4cd0599faeb73354201b60",
        "body_md5=ec365a775a4cd0599faeb73354201b6f&,''",
        "auth_signature=d,auth_signature=e",
        "auth_signature=,AUTH_SIGNATURE=",
        "auth_signature=,unsigned=1&auth_signature="
    })
    void whatIsChangedIsNotSigned(String part, String other) {
        assertRefused(request("POST", "/apps/3/events", QUERY.replace(part, other), BODY), THEN);
    }

    @Test
    void anotherMethodPathOrBodyIsNotSigned() {
        assertRefused(request("GET", "/apps/3/events", QUERY, BODY), THEN);
        assertRefused(request("POST", "/apps/3/batch_events", QUERY, BODY), THEN);
        assertRefused(request("POST", "/apps/3/events", QUERY, BODY + " "), THEN);
        assertRefused(request("POST", "/apps/3/events", null, BODY), THEN);
    }

    private static void assertRefused(SignedRequest request, Instant now) {
        assertThatThrownBy(() -> request.requireSignature(APP, now))
                .isInstanceOfSatisfying(
                        ApiException.class,
                        refusal -> assertThat(refusal.status()).isEqualTo(401));
    }

    @Test
    void aSegmentOfThePathIsWhatTheClientMeant() {
        assertThat(request("GET", "/apps/3/channels/presence-a%3Bb;c=d@e+f", null, "")
                        .segment(1))
                .isEqualTo("presence-a;b;c=d@e+f");
        assertThat(request("GET", "/apps/3/channels/%23server-to-user-1/users", null, "")
                        .segment(1))
                .isEqualTo("#server-to-user-1");
        assertThatThrownBy(
                        () -> request("GET", "/apps/3/channels/%zz", null, "").segment(1))
                .isInstanceOfSatisfying(
                        ApiException.class,
                        refusal -> assertThat(refusal.status()).isEqualTo(400));
    }

    @Test
    void everyEncryptedChannelHasAKeyOfItsOwn() {
        String key = PusherAuthService.sharedSecret(APP, "private-encrypted-a");

        assertThat(Base64.getDecoder().decode(key)).hasSize(32);
        assertThat(PusherAuthService.sharedSecret(APP, "private-encrypted-a")).isEqualTo(key);
        assertThat(PusherAuthService.sharedSecret(APP, "private-encrypted-b")).isNotEqualTo(key);
    }
}
