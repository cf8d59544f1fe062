package dev.stagedoor.realtime.pusher.webhook;

import io.vertx.core.Future;
import io.vertx.core.VertxException;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import java.time.Duration;
import java.util.function.Function;

/** Where an app's webhooks go, and how they are signed. */
public final class WebhookTarget {

    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private final HttpClient client;
    private final String url;
    private final String key;
    private final Function<byte[], String> signer;

    /**
     * An address.
     *
     * @param key names the app
     * @param signer gives the signature of a body
     */
    public WebhookTarget(HttpClient client, String url, String key, Function<byte[], String> signer) {
        this.client = client;
        this.url = url;
        this.key = key;
        this.signer = signer;
    }

    /** Fails where it is not taken: with another status than 2xx, or not in time. */
    Future<Void> post(Buffer body) {
        return client.request(new RequestOptions()
                        .setMethod(HttpMethod.POST)
                        .setAbsoluteURI(url)
                        .setTimeout(TIMEOUT.toMillis()))
                .compose(request -> send(request, body))
                .compose(WebhookTarget::requireTaken);
    }

    private Future<HttpClientResponse> send(HttpClientRequest request, Buffer body) {
        return request.putHeader("Content-Type", "application/json")
                .putHeader("X-Pusher-Key", key)
                .putHeader("X-Pusher-Signature", signer.apply(body.getBytes()))
                .send(body);
    }

    private static Future<Void> requireTaken(HttpClientResponse response) {
        boolean isTaken = response.statusCode() / 100 == 2;
        return isTaken
                ? Future.succeededFuture()
                : Future.failedFuture(new VertxException("Status " + response.statusCode(), true));
    }
}
