package dev.stagedoor.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/** Someone who signed in. */
record Account(String userId, String authorization) {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    static final Account NOBODY = new Account(null, null);

    /** Registers with the service on this port. */
    static Account register(int port, String username) throws IOException {
        String registration = credentials(username, ",\"displayName\":\"Reader\"");
        JsonNode unused = NOBODY.send(port, "POST", "/api/v1/auth/register", registration);
        return signIn(port, username);
    }

    /** Signs in someone who has registered, or the admin. */
    static Account signIn(int port, String username) throws IOException {
        JsonNode tokens = NOBODY.send(port, "POST", "/api/v1/auth/login", credentials(username, ""));
        String authorization = "Bearer " + tokens.get("accessToken").textValue();
        JsonNode user = new Account(null, authorization).send(port, "GET", "/api/v1/users/me", null);
        return new Account(user.get("id").textValue(), authorization);
    }

    private static String credentials(String username, String more) {
        return "{\"username\":\"" + username + "\",\"password\":\"a-password-for-benchmarks\"" + more + "}";
    }

    byte[] get(int port, String path) throws IOException {
        return answer(port, "GET", path, null).body();
    }

    JsonNode send(int port, String method, String path, String body) throws IOException {
        return JSON.readTree(answer(port, method, path, body).body());
    }

    /** Fails for a status that is no success. */
    HttpResponse<byte[]> answer(int port, String method, String path, String body) throws IOException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
                .header("Content-Type", "application/json");
        if (method.equals("PATCH")) {
            request.header("If-Match", "*");
        }
        if (method.equals("POST")) {
            request.header("Idempotency-Key", UUID.randomUUID().toString());
        }
        if (authorization != null) {
            request.header("Authorization", authorization);
        }
        try {
            HttpResponse<byte[]> response = CLIENT.send(request.build(), BodyHandlers.ofByteArray());
            if (response.statusCode() >= 300) {
                throw new IllegalStateException(method + " " + path + " gave " + response.statusCode() + ": "
                        + new String(response.body(), StandardCharsets.UTF_8));
            }
            return response;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
