package dev.stagedoor.account.signin;

import static dev.stagedoor.account.signin.Forger.encode;
import static dev.stagedoor.account.signin.Forger.es256;
import static dev.stagedoor.account.signin.Forger.hs256;
import static dev.stagedoor.account.signin.Forger.ownKey;
import static dev.stagedoor.account.signin.Forger.token;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.startsWith;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stagedoor.support.Api;
import dev.stagedoor.support.RawHttp;
import dev.stagedoor.support.StagedoorTest;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jose4j.jwe.JsonWebEncryption;
import org.jose4j.jwk.EllipticCurveJsonWebKey;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.lang.JoseException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a token may be tried to be; each is refused, and what the attack leaves alone is as in a genuine one. */
@StagedoorTest
class AccessTokenSuiteTest {

    private static final long HOUR = 3_600;

    private static Api.Person ada;

    private Forger forger;

    @BeforeEach
    void takeGenuineToken() {
        if (ada == null) {
            ada = Api.signUp();
        }
        forger = new Forger(ada.accessToken());
    }

    @Test
    void theGenuineTokenIsTaken() {
        assertTaken(forger.genuine());
    }

    @Test
    void aTokenPutTogetherHereWithTheServersKeyIsTaken() {
        // Otherwise what follows could be refused for a fault of its making.
        assertTaken(signed(claims -> claims.put("jti", "made here")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"none", "None", "NONE", "nOnE", "", "null", "HS256", "ES256"})
    void unsignedIsRefusedHoweverItIsSpelled(String algorithm) {
        String content =
                encode(forger.header(header -> header.put("alg", algorithm)).toString()) + "." + forger.part(1);

        assertRefused(content + ".");
        assertRefused(content);
        assertRefused(content + "." + encode(new byte[64]));
    }

    @ParameterizedTest
    @ValueSource(strings = {"none", "None", "HS256", "ES384", "RS256", "EdDSA"})
    void aGenuineSignatureUnderAnotherAlgorithmsNameIsRefused(String algorithm) {
        assertRefused(token(
                forger.header(header -> header.put("alg", algorithm)), forger.claims(claims -> {}), es256(ownKey())));
    }

    @Test
    void aTokenThatNamesNoAlgorithmIsRefused() {
        assertRefused(
                token(forger.header(header -> header.remove("alg")), forger.claims(claims -> {}), es256(ownKey())));
    }

    @Test
    void thePublicKeyIsNoSecretToSignWith() {
        PublicKey publicKey = publicKey().getPublicKey();
        Map<String, String> jwk = jwk();
        String base64 = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(publicKey.getEncoded());
        String pem = "-----BEGIN PUBLIC KEY-----\n" + base64 + "\n-----END PUBLIC KEY-----";

        for (byte[] secret : List.of(
                pem.getBytes(StandardCharsets.US_ASCII),
                (pem + "\n").getBytes(StandardCharsets.US_ASCII),
                publicKey.getEncoded(),
                jwk.get("x").getBytes(StandardCharsets.US_ASCII),
                Base64.getUrlDecoder().decode(jwk.get("x")),
                Base64.getUrlDecoder().decode(jwk.get("y")))) {
            assertRefused(token(forger.header(header -> header.put("alg", "HS256")), adminClaims(), hs256(secret)));
        }
    }

    @Test
    void anotherKeyUnderTheIdOfOursIsRefused() {
        KeyPair foreign = Forger.newKeyPair();

        assertRefused(token(forger.header(header -> {}), adminClaims(), es256(foreign.getPrivate())));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "unknown",
                "../../../../../../dev/null",
                "/dev/null",
                "file:///dev/null",
                "https://localhost/keys",
                "' OR '1'='1",
                "x' UNION SELECT 'key'; --",
                "$(id)",
                "\u0000",
                "null"
            })
    void noKeyIdLeadsToAnotherKey(String keyId) {
        KeyPair foreign = Forger.newKeyPair();
        ObjectNode header = forger.header(changed -> changed.put("kid", keyId));

        assertRefused(token(header, adminClaims(), es256(foreign.getPrivate())));
        assertRefused(token(header, adminClaims(), es256(ownKey())));
        // The content of /dev/null, and of what is not found.
        assertRefused(token(header.put("alg", "HS256"), adminClaims(), hs256(new byte[] {0})));
    }

    @Test
    void aKeyIdThatIsNoTextIsRefused() {
        assertRefused(token(forger.header(header -> header.remove("kid")), adminClaims(), es256(ownKey())));
        assertRefused(token(forger.header(header -> header.put("kid", 1)), adminClaims(), es256(ownKey())));
        assertRefused(token(forger.header(header -> header.putObject("kid")), adminClaims(), es256(ownKey())));
    }

    @Test
    void aKeyThatTheTokenBringsAlongIsNotBelieved() throws JoseException {
        KeyPair foreign = Forger.newKeyPair();
        EllipticCurveJsonWebKey foreignKey = new EllipticCurveJsonWebKey((ECPublicKey) foreign.getPublic());
        foreignKey.setKeyId(jwk().get("kid"));
        Consumer<ObjectNode> embed = header -> foreignKey
                .toParams(JsonWebKey.OutputControlLevel.PUBLIC_ONLY)
                .forEach((name, value) -> header.withObject("/jwk").put(name, value.toString()));

        assertRefused(token(forger.header(embed), adminClaims(), es256(foreign.getPrivate())));
        assertRefused(token(
                forger.header(embed.andThen(header -> header.remove("kid"))),
                adminClaims(),
                es256(foreign.getPrivate())));
    }

    @ParameterizedTest
    @ValueSource(strings = {"jku", "x5u"})
    void anAddressOfKeysThatTheTokenBringsAlongIsNotBelieved(String header) {
        KeyPair foreign = Forger.newKeyPair();
        ObjectNode addressed = forger.header(changed -> changed.put(header, "http://127.0.0.1:1/keys"));

        assertRefused(token(addressed, adminClaims(), es256(foreign.getPrivate())));
    }

    @Test
    void anUnknownCriticalHeaderIsRefused() {
        assertRefused(token(
                forger.header(
                        header -> header.put("bound", true).putArray("crit").add("bound")),
                forger.claims(claims -> {}),
                es256(ownKey())));
    }

    @Test
    void anExpiredTokenIsRefused() {
        assertRefused(signed(claims -> claims.put("exp", now() - HOUR).put("iat", now() - 2 * HOUR)));
        assertRefused(signed(claims -> claims.put("exp", now() - 30).put("iat", now() - HOUR)));
        assertRefused(signed(claims -> claims.put("exp", 0)));
        assertRefused(signed(claims -> claims.put("exp", -1)));
    }

    @Test
    void aTokenThatNeverExpiresIsRefused() {
        assertRefused(signed(claims -> claims.remove("exp")));
        assertRefused(signed(claims -> claims.putNull("exp")));
        assertRefused(signed(claims -> claims.put("exp", "tomorrow")));
    }

    @Test
    void aTokenOfTheFutureIsRefused() {
        assertRefused(signed(claims -> claims.put("nbf", now() + HOUR)));
        assertRefused(signed(claims -> claims.put("iat", now() + HOUR).put("exp", now() + 2 * HOUR)));
    }

    @Test
    void aTokenForSomebodyElseIsRefused() {
        assertRefused(signed(claims -> claims.put("aud", "another-service")));
        assertRefused(signed(claims -> claims.put("aud", "")));
        assertRefused(signed(claims -> claims.putArray("aud").add("another-service")));
        assertRefused(signed(claims -> claims.putArray("aud")));
        assertRefused(signed(claims -> claims.remove("aud")));
    }

    @Test
    void aTokenOfAnotherIssuerIsRefused() {
        assertRefused(signed(claims -> claims.put("iss", "https://issuer.example.org")));
        assertRefused(signed(claims -> claims.put("iss", "")));
        assertRefused(signed(claims -> claims.remove("iss")));
    }

    @Test
    void aTokenOfNobodyIsRefused() {
        assertRefused(signed(claims -> claims.remove("sub")));
        assertRefused(signed(claims -> claims.put("sub", "admin")));
        assertRefused(signed(claims -> claims.put("sub", "")));
    }

    @Test
    void claimsOfTheWrongTypeAreRefused() {
        assertRefused(signed(claims -> claims.put("sub", 1)));
        assertRefused(signed(claims -> claims.put("iss", 1)));
        assertRefused(signed(claims -> claims.put("aud", 1)));
        assertRefused(signed(claims -> claims.put("iat", "today")));
        assertRefused(signed(claims -> claims.put("nbf", "today")));
    }

    @Test
    void clocksMayDifferALittle() {
        assertTaken(signed(claims -> claims.put("iat", now() + 3)));
    }

    @Test
    void aTokenCutAnywhereIsRefused() {
        String genuine = forger.genuine();
        int headerEnd = genuine.indexOf('.');
        int claimsEnd = genuine.lastIndexOf('.');

        for (int end : List.of(
                1,
                headerEnd - 1,
                headerEnd,
                headerEnd + 1,
                claimsEnd - 1,
                claimsEnd,
                claimsEnd + 1,
                genuine.length() - 2)) {
            assertRefused(genuine.substring(0, end));
        }
        assertRefused(genuine.substring(1));
        assertRefused(genuine.substring(headerEnd));
        assertRefused("." + forger.part(1) + "." + forger.part(2));
        assertRefused(forger.part(0) + ".." + forger.part(2));
        assertRefused("..");
        assertRefused(genuine + "." + forger.part(2));
    }

    @Test
    void changedClaimsAreRefusedUnderTheOldSignature() {
        assertRefused(forger.part(0) + "." + encode(adminClaims().toString()) + "." + forger.part(2));
        assertRefused(
                encode(forger.header(header -> header.put("typ", "at+jwt")).toString()) + "." + forger.part(1) + "."
                        + forger.part(2));
    }

    @Test
    void anyOneBitOfTheSignatureCounts() {
        byte[] signature = Base64.getUrlDecoder().decode(forger.part(2));
        for (int index = 0; index < signature.length; index += 7) {
            byte[] changed = signature.clone();
            changed[index] ^= 1;
            assertRefused(forger.part(0) + "." + forger.part(1) + "." + encode(changed));
        }
        // CVE-2022-21449: to some verifiers these were valid for everything.
        assertRefused(forger.part(0) + "." + forger.part(1) + "." + encode(new byte[64]));
    }

    @Test
    void anEncryptedTokenIsRefused() throws JoseException {
        JsonWebEncryption encrypted = new JsonWebEncryption();
        encrypted.setAlgorithmHeaderValue("ECDH-ES");
        encrypted.setEncryptionMethodHeaderParameter("A128CBC-HS256");
        encrypted.setKeyIdHeaderValue(jwk().get("kid"));
        encrypted.setKey(publicKey().getKey());
        encrypted.setPayload(adminClaims().toString());

        assertRefused(encrypted.getCompactSerialization());
    }

    @Test
    void twoTokensInOneHeaderAreRefused() {
        String genuine = forger.genuine();

        assertRefused(genuine + " " + genuine);
        assertRefused(genuine + "," + genuine);
        assertRefused(genuine + ", Bearer " + genuine);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Bearer", "Bearer ", "Basic YWRtaW46YWRtaW4=", "Digest x", "Negotiate", "bearer"})
    void anotherSchemeOrNoTokenIsRefused(String authorization) {
        assertHeaderRefused(authorization);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"🎭.🎭.🎭", "\u202Eeyj.eyj.eyj", "ключ", "\u00FF\u00FE", "e\u0301.e\u0301.e\u0301", "%00.%00.%00"
            })
    void garbageOfAnyScriptIsRefused(String garbage) {
        RawHttp.Answer answer = RawHttp.send(
                "GET /api/v1/users/me HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + garbage + "\r\n\r\n");

        assertRefused(answer);
    }

    @ParameterizedTest
    @ValueSource(ints = {7_000, 20_000, 1_000_000})
    void anOverlongTokenIsRefusedAsTheTokenThatItIs(int length) {
        String head = "GET /api/v1/users/me HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer ";

        assertRefused(RawHttp.send(head + "A".repeat(length) + "\r\n\r\n"));
        assertRefused(RawHttp.send(head + forger.genuine() + "A".repeat(length) + "\r\n\r\n"));
        assertRefused(RawHttp.send(head + "e30.".repeat(length / 4) + "\r\n\r\n"));
        assertTaken(forger.genuine());
    }

    private String signed(Consumer<ObjectNode> change) {
        return token(forger.header(header -> {}), forger.claims(change), es256(ownKey()));
    }

    private ObjectNode adminClaims() {
        return forger.claims(claims -> claims.putArray("groups").add("admin"));
    }

    private static Map<String, String> jwk() {
        return Api.request()
                .get("/.well-known/jwks.json")
                .then()
                .statusCode(200)
                .extract()
                .path("keys[0]");
    }

    private static EllipticCurveJsonWebKey publicKey() {
        try {
            return (EllipticCurveJsonWebKey) JsonWebKey.Factory.newJwk(Map.copyOf(jwk()));
        } catch (JoseException e) {
            throw new IllegalStateException(e);
        }
    }

    private static long now() {
        return Instant.now().getEpochSecond();
    }

    private static void assertTaken(String token) {
        Api.request()
                .header("Authorization", "Bearer " + token)
                .get("/api/v1/users/me")
                .then()
                .statusCode(200)
                .body("id", equalTo(ada.id()));
    }

    private static void assertRefused(String token) {
        assertHeaderRefused("Bearer " + token);
    }

    private static void assertHeaderRefused(String authorization) {
        Api.request()
                .header("Authorization", authorization)
                .get("/api/v1/users/me")
                .then()
                .statusCode(401)
                .contentType("application/problem+json")
                .header("WWW-Authenticate", startsWith("Bearer"))
                .body("type", equalTo("urn:stagedoor:problem:unauthorized"))
                .body("retryable", equalTo(false));
    }

    private static void assertRefused(RawHttp.Answer answer) {
        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.header("Content-Type")).startsWith("application/problem+json");
        assertThat(answer.header("WWW-Authenticate")).startsWith("Bearer");
        assertThat(answer.json().getBoolean("retryable")).isFalse();
    }
}
