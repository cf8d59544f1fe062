package dev.stagedoor.account.signin;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.stagedoor.support.Api;
import dev.stagedoor.support.Program;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jwk.RsaJsonWebKey;
import org.jose4j.jwk.RsaJwkGenerator;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.lang.JoseException;
import org.junit.jupiter.api.Test;

class OtherIssuerIT {

    private static final String ISSUER = "https://login.example.com";
    private static final int RSA_BITS = 2048;

    @Test
    void takesTheTokensOfTheOtherIssuerAndNoOthers() throws Exception {
        RsaJsonWebKey key = key("k1");
        HttpServer issuer = publish(key);
        Map<String, String> environment = Program.environment();
        environment.put("STAGEDOOR_AUTH_ISSUER", ISSUER);
        environment.put(
                "STAGEDOOR_AUTH_JWKS_URL",
                "http://127.0.0.1:" + issuer.getAddress().getPort() + "/keys");
        String subject = Api.uniqueName();
        try (Program program = Program.ready(environment)) {
            HttpResponse<String> first = profile(program, token(key, subject));
            assertThat(first.statusCode()).as(first.body()).isEqualTo(200);
            assertThat(first.body()).contains("\"username\":\"" + subject + "\"");

            assertThat(profile(program, token(key, subject)).body())
                    .as("the same user again")
                    .isEqualTo(first.body());
            assertThat(profile(program, token(key("k1"), subject)).statusCode())
                    .as("signed by somebody else")
                    .isEqualTo(401);
            assertThat(signIn(program).statusCode()).as("sign-in here").isEqualTo(404);
        } finally {
            issuer.stop(0);
        }
    }

    private static RsaJsonWebKey key(String id) throws JoseException {
        RsaJsonWebKey key = RsaJwkGenerator.generateJwk(RSA_BITS);
        key.setKeyId(id);
        key.setAlgorithm(AlgorithmIdentifiers.RSA_USING_SHA256);
        key.setUse("sig");
        return key;
    }

    private static HttpServer publish(RsaJsonWebKey key) throws IOException {
        byte[] keys = new JsonWebKeySet(List.of(key)).toJson().getBytes(StandardCharsets.UTF_8);
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/keys", exchange -> {
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, keys.length);
            exchange.getResponseBody().write(keys);
            exchange.close();
        });
        server.start();
        return server;
    }

    private static String token(RsaJsonWebKey key, String subject) throws JoseException {
        JwtClaims claims = new JwtClaims();
        claims.setIssuer(ISSUER);
        claims.setAudience("stagedoor");
        claims.setSubject(subject);
        claims.setIssuedAtToNow();
        claims.setExpirationTimeMinutesInTheFuture(5);
        JsonWebSignature signature = new JsonWebSignature();
        signature.setPayload(claims.toJson());
        signature.setKey(key.getPrivateKey());
        signature.setKeyIdHeaderValue(key.getKeyId());
        signature.setAlgorithmHeaderValue(AlgorithmIdentifiers.RSA_USING_SHA256);
        return signature.getCompactSerialization();
    }

    private static HttpResponse<String> profile(Program program, String token) throws IOException {
        return program.send(HttpRequest.newBuilder(program.uri("/api/v1/users/me"))
                .header("Authorization", "Bearer " + token)
                .build());
    }

    private static HttpResponse<String> signIn(Program program) throws IOException {
        return program.send(HttpRequest.newBuilder(program.uri("/api/v1/auth/login"))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{\"username\":\"admin\",\"password\":\"a-password-for-tests\"}"))
                .build());
    }
}
