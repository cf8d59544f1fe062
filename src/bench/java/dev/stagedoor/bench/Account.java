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

/** Someone who signed in. */
record Account(String userId, String authorization) {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    /** Registers with the service on this port. */
    static Account register(int port, String username) throws IOException {
        String credentials = "{\"username\":\"" + username + "\",\"password\":\"a-password-for-benchmarks\"%s}";
        Account nobody = new Account(null, null);
        JsonNode user = nobody.send(
                port, "POST", "/api/v1/auth/register", credentials.formatted(",\"displayName\":\"Reader\""));
        JsonNode tokens = nobody.send(port, "POST", "/api/v1/auth/login", credentials.formatted(""));
        return new Account(
                user.get("id").textValue(),
                "Bearer " + tokens.get("accessToken").textValue());
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
