package dev.stagedoor.realtime.pusher.webhook;

import dev.stagedoor.realtime.Event;
import dev.stagedoor.realtime.presence.Occupancy;
import dev.stagedoor.realtime.presence.Presence;
import dev.stagedoor.realtime.pusher.ChannelKind;
import dev.stagedoor.realtime.pusher.PusherApp;
import dev.stagedoor.realtime.pusher.PusherApps;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.vertx.UniHelper;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;

/** Has told what becomes of channels: whether anyone listens, how many, and who is present. */
@ApplicationScoped
class ChannelNews {

    private static final Logger LOG = Logger.getLogger(ChannelNews.class);

    /** Who came is told soon, but after the going of the same user that he came too late to make void. */
    private static final Duration AFTER_COMING = Duration.ofMillis(400);

    private static final Duration AFTER_GOING = Presence.GRACE.plusMillis(100);

    /** For what is not known, as PostgreSQL hangs: others wait to be told meanwhile. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Context context;
    private final Occupancy occupancy;
    private final Presence presence;
    private final PusherApps apps;
    private final SubscriptionCounts counts;
    private final Webhooks webhooks;

    // Touched on the context alone.
    private Future<Void> told = Future.succeededFuture();

    ChannelNews(
            Vertx vertx,
            Occupancy occupancy,
            Presence presence,
            PusherApps apps,
            SubscriptionCounts counts,
            Webhooks webhooks) {
        this.context = vertx.getOrCreateContext();
        this.occupancy = occupancy;
        this.presence = presence;
        this.apps = apps;
        this.counts = counts;
        this.webhooks = webhooks;
    }

    void start(@Observes StartupEvent event) {
        occupancy.onChange(changes ->
                changes.forEach(change -> app(change.topic()).ifPresent(app -> occupancyChanged(app, change))));
        presence.onChange(this::membersChanged);
    }

    /** The app of a channel that news are told of. */
    private Optional<PusherApp> app(String topic) {
        return apps.ofTopic(topic).filter(app -> ChannelKind.of(app.channel(topic)) != ChannelKind.SERVER_TO_USER);
    }

    private void occupancyChanged(PusherApp app, Occupancy.Change change) {
        String channel = app.channel(change.topic());
        if (change.isOccupied() && !change.wasOccupied()) {
            webhooks.channelOccupied(app, channel);
        }
        if (change.now() != change.before()) {
            counts.changed(app, change.topic(), change.now());
        }
        if (change.wasOccupied() && !change.isOccupied()) {
            webhooks.channelVacated(app, channel);
        }
    }

    private void membersChanged(List<Event> changes) {
        List<Event> news = changes.stream()
                .filter(change -> app(change.topic())
                        .filter(webhooks::hasListener)
                        .filter(app ->
                                ChannelKind.of(app.channel(change.topic())).isPresence())
                        .isPresent())
                .toList();
        tellLater(AFTER_COMING, news.stream().filter(ChannelNews::isComing).toList());
        tellLater(AFTER_GOING, news.stream().filter(change -> !isComing(change)).toList());
    }

    private static boolean isComing(Event change) {
        return change.name().equals(Presence.ADDED);
    }

    private void tellLater(Duration delay, List<Event> changes) {
        if (!changes.isEmpty()) {
            context.runOnContext(ignored -> context.owner().setTimer(delay.toMillis(), timer -> tellInOrder(changes)));
        }
    }

    /** Asks at once which of them last, and tells of those after all that were due before, however late these are known. */
    private void tellInOrder(List<Event> changes) {
        Future<List<Event>> asked = UniHelper.toFuture(presence.lasting(changes)
                .ifNoItem()
                .after(PATIENCE)
                .fail()
                .onFailure()
                .invoke(failure -> LOG.debugf("Not known who came back: %s", failure.toString()))
                .onFailure()
                .recoverWithItem(changes));
        told = told.transform(before -> asked).map(this::tell);
    }

    private Void tell(List<Event> lasting) {
        lasting.forEach(this::tell);
        return null;
    }

    private void tell(Event change) {
        PusherApp app = apps.ofTopic(change.topic()).orElseThrow();
        String channel = app.channel(change.topic());
        String userId = new JsonObject((String) change.data()).getString("user_id");
        if (isComing(change)) {
            webhooks.memberAdded(app, channel, userId);
        } else {
            webhooks.memberRemoved(app, channel, userId);
        }
    }
}
