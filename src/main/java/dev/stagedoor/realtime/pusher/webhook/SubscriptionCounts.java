package dev.stagedoor.realtime.pusher.webhook;

import dev.stagedoor.realtime.Relay;
import dev.stagedoor.realtime.Signal;
import dev.stagedoor.realtime.presence.Occupancy;
import dev.stagedoor.realtime.pusher.ChannelKind;
import dev.stagedoor.realtime.pusher.PusherApp;
import io.vertx.core.Vertx;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonObject;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;

/** Tells subscribers, and the servers of their app, how many they are; of large channels not at every change. */
@ApplicationScoped
class SubscriptionCounts {

    private static final Logger LOG = Logger.getLogger(SubscriptionCounts.class);

    private static final String EVENT = "pusher_internal:subscription_count";
    private static final int LARGE = 100;
    private static final Duration PAUSE = Duration.ofSeconds(5);

    private final Vertx vertx;
    private final Occupancy occupancy;
    private final Relay relay;
    private final Webhooks webhooks;

    /** By topic, whether its number has changed since it was told; of large channels that were told of lately. */
    private final Map<String, Boolean> toldLately = new ConcurrentHashMap<>();

    SubscriptionCounts(Vertx vertx, Occupancy occupancy, Relay relay, Webhooks webhooks) {
        this.vertx = vertx;
        this.occupancy = occupancy;
        this.relay = relay;
        this.webhooks = webhooks;
    }

    /** The number of subscribers has changed. */
    void changed(PusherApp app, String topic, int count) {
        if (!app.settings().subscriptionCounts()
                || ChannelKind.of(app.channel(topic)).isPresence()) {
            return;
        }
        if (count <= LARGE) {
            tell(app, topic, count);
        } else if (toldLately.merge(topic, false, (known, unused) -> true).equals(false)) {
            tell(app, topic, count);
            vertx.setTimer(PAUSE.toMillis(), timer -> tellAgain(app, topic));
        }
    }

    private void tellAgain(PusherApp app, String topic) {
        boolean hasChanged = toldLately.remove(topic);
        if (hasChanged) {
            occupancy
                    .counts(List.of(topic))
                    .subscribe()
                    .with(
                            counts -> changed(app, topic, counts.getOrDefault(topic, 0)),
                            failure -> LOG.debugf("Subscribers are not counted: %s", failure.toString()));
        }
    }

    private void tell(PusherApp app, String topic, int count) {
        String data = new JsonObject().put("subscription_count", count).encode();
        relay.send(new Signal(topic, EVENT, Json.encode(data), null, null));
        webhooks.subscriptionCount(app, app.channel(topic), count);
    }
}
