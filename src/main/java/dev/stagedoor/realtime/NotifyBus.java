package dev.stagedoor.realtime;

import dev.stagedoor.platform.db.Notifications;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.json.JsonObject;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jboss.logging.Logger;

/** Tells all nodes over PostgreSQL what cannot be told over Redis. */
@ApplicationScoped
class NotifyBus {

    private static final Logger LOG = Logger.getLogger(NotifyBus.class);

    private static final String CHANNEL = "stagedoor_realtime";

    /** PostgreSQL takes payloads of less than 8,000 bytes. */
    private static final int MAX_PAYLOAD = 7_900;

    private final Hub hub;
    private final Notifications notifications;

    NotifyBus(Hub hub, Notifications notifications) {
        this.hub = hub;
        this.notifications = notifications;
    }

    void start(@Observes StartupEvent event) {
        notifications.listen(CHANNEL, this::heard);
    }

    private void heard(String payload) {
        JsonObject json = new JsonObject(payload);
        String topic = json.getString("t");
        Position.parse(json.getString("i"))
                .ifPresentOrElse(
                        position -> heard(topic, position, json.getString("p")),
                        () -> hub.hear(topic, json.getString("p")));
    }

    private void heard(String topic, Position position, String payload) {
        if (payload == null) {
            hub.accept(topic, position);
        } else {
            hub.hear(topic, position, payload);
        }
    }

    /** Sends publications of one topic; of what is too long for a payload, only that it is there. */
    void send(List<Publication> ofTopic) {
        ofTopic.forEach(publication -> {
            JsonObject json = new JsonObject()
                    .put("t", publication.topic())
                    .put("i", publication.position().toString())
                    .put("p", publication.payload());
            notify(fits(json.encode()) ? json : json.putNull("p"));
        });
    }

    /** Sends a signal, unless it is too long for a payload. */
    void send(Signal signal) {
        JsonObject json = new JsonObject().put("t", signal.topic()).put("p", signal.payload(hub.origin()));
        if (fits(json.encode())) {
            notify(json);
        }
    }

    private static boolean fits(String payload) {
        return payload.getBytes(StandardCharsets.UTF_8).length < MAX_PAYLOAD;
    }

    private void notify(JsonObject json) {
        notifications
                .send(CHANNEL, json.encode())
                .subscribe()
                .with(done -> {}, failure -> LOG.debugf("Other nodes are not told: %s", failure.toString()));
    }
}
