package dev.stagedoor.realtime.pusher.webhook;

import dev.stagedoor.realtime.pusher.PusherApp;
import dev.stagedoor.realtime.pusher.PusherApps;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.vertx.UniHelper;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Tells the servers of apps what happens in their channels; each wants some of it, or nothing. */
@ApplicationScoped
public class Webhooks {

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);

    /** Of a response that nobody waits for any more. */
    private static final Duration IDLE_TIMEOUT = Duration.ofSeconds(30);

    private final PusherApps apps;
    private final Map<String, WebhookTarget> targets = new HashMap<>();
    private final Map<String, WebhookQueue> queues = new HashMap<>();

    private final Clock clock;

    Webhooks(PusherApps apps, Vertx vertx, Clock clock, MeterRegistry meters) {
        this.apps = apps;
        this.clock = clock;
        HttpClient client = vertx.createHttpClient(new HttpClientOptions()
                .setConnectTimeout(Math.toIntExact(CONNECT_TIMEOUT.toMillis()))
                .setIdleTimeout(Math.toIntExact(IDLE_TIMEOUT.toSeconds())));
        Counter dropped = Counter.builder("webhook_events_dropped")
                .description("Events of webhooks that were not taken in time, or were too many")
                .register(meters);
        apps.all()
                .forEach(app -> app.settings().webhookUrl().ifPresent(url -> {
                    WebhookTarget target = new WebhookTarget(client, url, app.key(), app::sign);
                    targets.put(app.id(), target);
                    queues.put(app.id(), new WebhookQueue(vertx, clock, target, dropped));
                }));
    }

    void channelOccupied(PusherApp app, String channel) {
        send(app, event("channel_occupied", channel));
    }

    void channelVacated(PusherApp app, String channel) {
        send(app, event("channel_vacated", channel));
    }

    void memberAdded(PusherApp app, String channel, String userId) {
        send(app, event("member_added", channel).put("user_id", userId));
    }

    void memberRemoved(PusherApp app, String channel, String userId) {
        send(app, event("member_removed", channel).put("user_id", userId));
    }

    /**
     * A client has said something to the others.
     *
     * @param userId null but in presence channels
     */
    public void clientEvent(PusherApp app, String channel, String event, String data, String socketId, String userId) {
        JsonObject webhook = event("client_event", channel)
                .put("event", event)
                .put("data", data)
                .put("socket_id", socketId);
        send(app, userId == null ? webhook : webhook.put("user_id", userId));
    }

    /** Someone came to a cache channel that has nothing for them. */
    public void cacheMiss(PusherApp app, String channel) {
        send(app, event("cache_miss", channel));
    }

    void subscriptionCount(PusherApp app, String channel, int count) {
        send(app, event("subscription_count", channel).put("subscription_count", count));
    }

    /** Whether the app of our own events wants this. */
    public boolean isWanted(String name) {
        return apps.first()
                .filter(app -> targets.containsKey(app.id()))
                .filter(app -> app.settings().webhookEvents().contains(name))
                .isPresent();
    }

    /**
     * Says the same of some channels to the app of our own events, which wants it. For who says it again where that fails: with
     * another status than 2xx, or not in time.
     */
    public Uni<Void> deliver(String name, List<String> channels) {
        WebhookTarget target = targets.get(apps.first().orElseThrow().id());
        JsonArray events = new JsonArray();
        channels.forEach(channel -> events.add(event(name, channel)));
        JsonObject body = new JsonObject().put("time_ms", clock.millis()).put("events", events);
        return UniHelper.toUni(target.post(body.toBuffer()));
    }

    private static JsonObject event(String name, String channel) {
        return new JsonObject().put("name", name).put("channel", channel);
    }

    private void send(PusherApp app, JsonObject event) {
        WebhookQueue queue = queues.get(app.id());
        if (queue != null && app.settings().webhookEvents().contains(event.getString("name"))) {
            queue.add(event);
        }
    }

    /** Whether the app wants to be told of anything. */
    boolean hasListener(PusherApp app) {
        return queues.containsKey(app.id());
    }
}
