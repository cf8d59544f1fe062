package dev.stagedoor.realtime;

import io.vertx.core.json.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/** A client of Server-Sent Events, which comes again with the id of the last event that it got whole. */
final class SseFollower extends Follower {

    private static final int OK = 200;

    /** An offer of HTTP/2 is nothing that every balancer passes on rightly. */
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final Supplier<String> url;
    private final String query;
    private volatile InputStream body;
    private volatile boolean knowsPosition;
    private String lastId;

    SseFollower(Supplier<String> url, String channel, String accessToken) {
        this.url = url;
        this.query = "/api/v1/sse?channels=" + channel + "&access_token=" + accessToken;
    }

    @Override
    CompletableFuture<?> connect() {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(url.get() + query)).timeout(Duration.ofSeconds(10));
        if (lastId != null) {
            request.header("Last-Event-ID", lastId);
        }
        return client.sendAsync(request.build(), BodyHandlers.ofInputStream())
                .thenAcceptAsync(this::read, SseFollower::onThread);
    }

    /** Of its own: it reads for as long as the connection lasts. */
    private static void onThread(Runnable work) {
        Thread thread = new Thread(work, "events");
        thread.setDaemon(true);
        thread.start();
    }

    private void read(HttpResponse<InputStream> response) {
        if (response.statusCode() != OK) {
            return;
        }
        body = response.body();
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8))) {
            JsonObject event = new JsonObject();
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.isEmpty()) {
                    take(event);
                    event = new JsonObject();
                } else if (line.indexOf(": ") > 0) {
                    event.put(line.substring(0, line.indexOf(": ")), line.substring(line.indexOf(": ") + 2));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void take(JsonObject event) {
        lastId = event.getString("id", lastId);
        switch (event.getString("event", "")) {
            case "ready" -> knowsPosition = true;
            case "reset" -> complain("told to read anew, after " + lastId);
            case "message.created" ->
                got(Integer.parseInt(new JsonObject(event.getString("data"))
                        .getJsonObject("data")
                        .getString("text")));
            default -> {}
        }
    }

    @Override
    boolean isReady() {
        return knowsPosition;
    }

    @Override
    public void close() {
        stop();
        try {
            if (body != null) {
                body.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
