package dev.stagedoor.platform.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stagedoor.support.Api;
import dev.stagedoor.support.RawHttp;
import dev.stagedoor.support.StagedoorTest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Whatever comes is answered, and never as a fault of the server.
 *
 * <p>The same bytes in every run; {@code -Dfuzz.seed=…} tries others.
 */
@StagedoorTest
class FuzzTest {

    private static final int TRIES = 300;
    private static final long SEED = Long.getLong("fuzz.seed", 20_260_101);

    /**
     * Ends a header whatever came before, feeds a length that was changed, and is not empty lines alone: a server waits
     * for what follows those.
     */
    private static final byte[] REST = "x\r\n\r\n".repeat(240).getBytes(StandardCharsets.US_ASCII);

    private static final List<String> VALUES = List.of(
            "null",
            "true",
            "0",
            "-1",
            "1e400",
            "99999999999999999999999999",
            "0.1",
            "\"\"",
            "\" \"",
            "\"\\u0000\"",
            "\"\\ud800\"",
            "\"\\udc00\\ud800\"",
            "\"a\\nb\"",
            "\"\\u202e\\ufeff\\uffff\"",
            "\"'; DROP TABLE app_user; --\"",
            "\"%s%n%x\"",
            "\"2026-01-01T00:00:00Z\"",
            "\"+1000000000-01-01T00:00:00Z\"",
            "\"0199b2d4-7c7e-7a52-9d0a-0f6f6d1a2b3c\"",
            "\"public\"",
            "\"direct\"",
            "[]",
            "[null]",
            "[[]]",
            "[\"chat:read\"]",
            "[\"0199b2d4-7c7e-7a52-9d0a-0f6f6d1a2b3c\"]",
            "{}",
            "{\"a\": {\"b\": []}}",
            "\"" + "x".repeat(5_000) + "\"",
            "[".repeat(2_000));

    /** What a request to a resource looks like, with places for values. */
    private record Template(String path, List<String> fields) {

        Template(String path, String... fields) {
            this(path, List.of(fields));
        }
    }

    private final Random random = new Random(SEED);

    @Test
    void randomBytesAreRefused() {
        for (int i = 0; i < TRIES; i++) {
            byte[] bytes = new byte[1 + random.nextInt(400)];
            random.nextBytes(bytes);

            assertHarmless(RawHttp.send(concat(bytes, REST)), bytes);
        }
    }

    @Test
    void almostGoodRequestsAreAnswered() {
        byte[] good = String.join(
                        "\r\n",
                        "POST /api/v1/auth/refresh?limit=1 HTTP/1.1",
                        "Host: localhost",
                        "Content-Type: application/json",
                        "Accept: application/json",
                        "X-Request-Id: fuzz",
                        "If-Match: \"x\"",
                        "Content-Length: 27",
                        "",
                        "{\"refreshToken\": \"unknown\"}")
                .getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < TRIES; i++) {
            byte[] bytes = good.clone();
            for (int changes = 1 + random.nextInt(3); changes > 0; changes--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
            }

            assertHarmless(RawHttp.send(concat(bytes, REST)), bytes);
        }
    }

    @Test
    void changedJsonIsNeverAFaultOfTheServer() {
        Api.Person ada = Api.signUp();
        String channel = ada.request()
                .body("{\"name\": \"fuzz\", \"visibility\": \"public\"}")
                .post("/api/v1/channels")
                .then()
                .statusCode(201)
                .extract()
                .path("id");
        List<Template> templates = List.of(
                new Template("/api/v1/auth/register", "username", "password", "displayName"),
                new Template("/api/v1/auth/login", "username", "password"),
                new Template("/api/v1/auth/refresh", "refreshToken"),
                new Template("/api/v1/auth/logout", "refreshToken"),
                new Template("/api/v1/api-keys", "name", "scopes", "expiresAt"),
                new Template("/api/v1/channels", "name", "description", "visibility", "members"),
                new Template("/api/v1/channels/" + channel + "/messages", "text", "clientId"),
                new Template("/api/v1/channels/" + channel + "/members", "userId"));

        for (int i = 0; i < TRIES; i++) {
            Template template = templates.get(random.nextInt(templates.size()));
            byte[] body = mutated(template);

            assertHarmless(post(template.path(), ada.accessToken(), body), body);
        }
    }

    private byte[] mutated(Template template) {
        StringBuilder json = new StringBuilder("{");
        for (String field : template.fields()) {
            if (random.nextInt(8) > 0) {
                String value = random.nextInt(3) == 0 ? "\"" + Api.uniqueName() + "\"" : anyOf(VALUES);
                json.append(json.length() > 1 ? ", " : "")
                        .append('"')
                        .append(field)
                        .append("\": ")
                        .append(value);
            }
        }
        byte[] body = json.append('}').toString().getBytes(StandardCharsets.UTF_8);
        if (random.nextInt(3) == 0) {
            body[random.nextInt(body.length)] = (byte) random.nextInt(256);
        }
        return body;
    }

    private String anyOf(List<String> values) {
        return values.get(random.nextInt(values.size()));
    }

    private static RawHttp.Answer post(String path, String token, byte[] body) {
        String head = "POST " + path + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                + "Authorization: Bearer " + token + "\r\nContent-Length: " + body.length + "\r\n\r\n";
        return RawHttp.send(concat(head.getBytes(StandardCharsets.US_ASCII), body));
    }

    private static void assertHarmless(RawHttp.Answer answer, byte[] request) {
        String description =
                "seed " + SEED + ", answer " + answer + " to " + new String(request, StandardCharsets.ISO_8859_1);
        assertThat(answer.status()).as(description).isLessThan(500);
        if (answer.status() >= 400) {
            assertThat(answer.header("Content-Type")).as(description).startsWith(Problem.MEDIA_TYPE);
            assertThat(answer.json().getInt("status")).as(description).isEqualTo(answer.status());
        }
    }

    private static byte[] concat(byte[] first, byte[] second) {
        byte[] both = new byte[first.length + second.length];
        System.arraycopy(first, 0, both, 0, first.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }
}
