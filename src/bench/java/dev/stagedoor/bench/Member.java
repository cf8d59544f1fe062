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

/** Someone who signed in and joined a channel; the access token outlives a run of the benchmarks. */
record Member(String userId, String authorization, String channelId) {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    private static final String CREDENTIALS = "{\"username\":\"reader\",\"password\":\"a-password-for-benchmarks\"%s}";

    /** Registers the member with the service on this port, and joins the channel of this name. */
    static Member join(int port, String channelName) throws IOException {
        String registration = CREDENTIALS.formatted(",\"displayName\":\"Reader\"");
        JsonNode user = JSON.readTree(send(port, "POST", "/api/v1/auth/register", null, registration));
        JsonNode tokens = JSON.readTree(send(port, "POST", "/api/v1/auth/login", null, CREDENTIALS.formatted("")));
        String authorization = "Bearer " + tokens.get("accessToken").textValue();
        JsonNode channels =
                JSON.readTree(send(port, "GET", "/api/v1/channels?visibility=public&limit=100", authorization, null));
        for (JsonNode channel : channels.get("data")) {
            if (channel.get("name").textValue().equals(channelName)) {
                String channelId = channel.get("id").textValue();
                send(port, "POST", "/api/v1/channels/" + channelId + "/members", authorization, "{}");
                return new Member(user.get("id").textValue(), authorization, channelId);
            }
        }
        throw new IllegalStateException("There is no channel " + channelName);
    }

    /** The path of the newest page. */
    String messages() {
        return "/api/v1/channels/" + channelId + "/messages?limit=50";
    }

    byte[] get(int port, String path) throws IOException {
        return send(port, "GET", path, authorization, null);
    }

    private static byte[] send(int port, String method, String path, String authorization, String body)
            throws IOException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
                .header("Content-Type", "application/json");
        if (authorization != null) {
            request.header("Authorization", authorization);
        }
        try {
            HttpResponse<byte[]> response = CLIENT.send(request.build(), BodyHandlers.ofByteArray());
            if (response.statusCode() >= 300) {
                throw new IllegalStateException(method + " " + path + " gave " + response.statusCode() + ": "
                        + new String(response.body(), StandardCharsets.UTF_8));
            }
            return response.body();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
