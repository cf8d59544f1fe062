package dev.stagedoor.wallet;

import static org.awaitility.Awaitility.await;

import dev.stagedoor.support.Remote;
import dev.stagedoor.support.Tokens;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;
import java.util.Random;

/** Tips a creator, or holds tokens for them that they take in part, until it is told to stop; each until it is done. */
final class Payer implements Runnable {

    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final Duration RETRY = Duration.ofMillis(20);
    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final String url;
    private final Remote.Person person;
    private final Remote.Person creator;
    private final Random random = new Random(7);
    private volatile long paid;
    private volatile boolean isToStop;

    Payer(String url, Remote.Person person, Remote.Person creator) {
        this.url = url;
        this.person = person;
        this.creator = creator;
    }

    Remote.Person person() {
        return person;
    }

    /** What is acknowledged to have been paid. */
    long paid() {
        return paid;
    }

    void stop() {
        isToStop = true;
    }

    @Override
    public void run() {
        while (!isToStop) {
            long amount = 1L + random.nextInt(50);
            long now = paid + (random.nextInt(3) == 0 ? hold(amount) : tip(amount));
            paid = now;
        }
    }

    private long tip(long amount) {
        JsonObject unused = post(
                person,
                "/api/v1/tips",
                new JsonObject().put("creatorId", creator.id()).put("amount", amount));
        return amount;
    }

    private long hold(long amount) {
        String id = post(
                        person,
                        "/api/v1/holds",
                        new JsonObject()
                                .put("payeeId", creator.id())
                                .put("amount", amount)
                                .put("expiresInSeconds", 3_600))
                .getString("id");
        long captured = 1L + random.nextInt((int) amount);
        JsonObject unused = post(creator, "/api/v1/holds/" + id + "/capture", new JsonObject().put("amount", captured));
        return captured;
    }

    /** Again and again with the same key, until it is acknowledged. */
    private JsonObject post(Remote.Person caller, String path, JsonObject body) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url + path))
                .timeout(TIMEOUT)
                .header("Authorization", "Bearer " + caller.token())
                .header("Idempotency-Key", Tokens.newKey())
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body.encode()))
                .build();
        return await().atMost(PATIENCE)
                .pollInterval(RETRY)
                .until(() -> send(request), Optional::isPresent)
                .orElseThrow();
    }

    private Optional<JsonObject> send(HttpRequest request) {
        try {
            HttpResponse<String> response = client.send(request, BodyHandlers.ofString());
            return response.statusCode() / 100 == 2 ? Optional.of(new JsonObject(response.body())) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
