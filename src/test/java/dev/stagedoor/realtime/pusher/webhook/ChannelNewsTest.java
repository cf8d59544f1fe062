package dev.stagedoor.realtime.pusher.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stagedoor.realtime.Relay;
import dev.stagedoor.realtime.presence.Occupancy;
import dev.stagedoor.realtime.presence.Presence;
import dev.stagedoor.realtime.pusher.Digests;
import dev.stagedoor.realtime.pusher.PusherApp;
import dev.stagedoor.realtime.pusher.PusherApps;
import dev.stagedoor.realtime.pusher.TestApps;
import dev.stagedoor.support.Api;
import dev.stagedoor.support.StagedoorTest;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the server of an app hears of its channels. */
@StagedoorTest
class ChannelNewsTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @Inject
    Vertx vertx;

    @Inject
    Clock clock;

    @Inject
    Occupancy occupancy;

    @Inject
    Presence presence;

    @Inject
    Relay relay;

    private final Queue<JsonObject> heard = new ConcurrentLinkedQueue<>();
    private final String appId = Api.uniqueName();
    private HttpServer server;
    private PusherApp app;
    private Webhooks webhooks;

    @BeforeEach
    void listen() {
        server = vertx.createHttpServer().requestHandler(this::hear);
        assertThat(server.listen(0, "127.0.0.1").toCompletionStage().toCompletableFuture())
                .succeedsWithin(PATIENCE);
        PusherApps apps = TestApps.listening(appId, "http://127.0.0.1:" + server.actualPort());
        app = apps.byId(appId).orElseThrow();
        webhooks = new Webhooks(apps, vertx, clock, new SimpleMeterRegistry());
        SubscriptionCounts counts = new SubscriptionCounts(vertx, occupancy, relay, webhooks);
        new ChannelNews(vertx, occupancy, presence, apps, counts, webhooks).start(null);
    }

    @AfterEach
    void close() {
        assertThat(server.close().toCompletionStage().toCompletableFuture()).succeedsWithin(PATIENCE);
    }

    private void hear(HttpServerRequest request) {
        request.body().onSuccess(body -> {
            String signature = Digests.hmac("a-secret-of-" + appId, body.toString());
            if (signature.equals(request.getHeader("X-Pusher-Signature"))) {
                body.toJsonObject().getJsonArray("events").forEach(event -> heard.add((JsonObject) event));
            }
            request.response().end();
        });
    }

    private void await(int events) {
        Awaitility.await().atMost(PATIENCE).until(() -> heard.size() >= events);
    }

    private static JsonObject event(String name, String channel) {
        return new JsonObject().put("name", name).put("channel", channel);
    }

    @Test
    void whetherAnyoneListensAndHowManyIsHeard() {
        occupancy.entered(app.topic("room"));
        await(2);
        occupancy.entered(app.topic("room"));
        await(3);
        occupancy.left(app.topic("room"));
        await(4);
        occupancy.left(app.topic("room"));
        await(6);

        assertThat(heard)
                .containsExactly(
                        event("channel_occupied", "room"),
                        event("subscription_count", "room").put("subscription_count", 1),
                        event("subscription_count", "room").put("subscription_count", 2),
                        event("subscription_count", "room").put("subscription_count", 1),
                        event("subscription_count", "room").put("subscription_count", 0),
                        event("channel_vacated", "room"));
    }

    @Test
    void ofAPresenceChannelNobodyCountsSubscriptionsAndOfUsersNoChannels() {
        occupancy.entered(app.topic("#server-to-user-ada"));
        occupancy.entered(app.topic("presence-room"));

        await(1);
        occupancy.left(app.topic("#server-to-user-ada"));
        occupancy.left(app.topic("presence-room"));
        await(2);

        assertThat(heard)
                .containsExactly(event("channel_occupied", "presence-room"), event("channel_vacated", "presence-room"));
    }

    @Test
    void largeChannelsAreCountedOnceInAWhile() {
        for (int i = 0; i < 150; i++) {
            occupancy.entered(app.topic("hall"));
        }
        awaitCount(150);
        occupancy.entered(app.topic("hall"));
        awaitCount(151);
        int before = heard.size();
        for (int i = 0; i < 5; i++) {
            occupancy.left(app.topic("hall"));
            awaitWritten("hall", 150 - i);
        }
        awaitCount(146);

        assertThat(heard).as("of five changes").hasSizeBetween(before + 1, before + 2);
        for (int i = 0; i < 146; i++) {
            occupancy.left(app.topic("hall"));
        }
        awaitCount(0);
    }

    private void awaitCount(int count) {
        JsonObject expected = event("subscription_count", "hall").put("subscription_count", count);
        Awaitility.await().atMost(PATIENCE).until(() -> heard.contains(expected));
    }

    private void awaitWritten(String channel, int count) {
        String topic = app.topic(channel);
        Awaitility.await()
                .atMost(PATIENCE)
                .until(() -> occupancy
                                .counts(List.of(topic))
                                .await()
                                .atMost(PATIENCE)
                                .get(topic)
                        == count);
    }

    @Test
    void whoComesAndGoesIsHeard() {
        String topic = app.topic("presence-room");
        presence.join(topic, "ada", "{}").await().atMost(PATIENCE);
        presence.join(topic, "bob", null).await().atMost(PATIENCE);
        presence.join(topic, "bob", null).await().atMost(PATIENCE);
        await(2);
        presence.leave(topic, "ada");
        presence.leave(topic, "bob");
        await(3);

        assertThat(heard)
                .containsExactly(
                        event("member_added", "presence-room").put("user_id", "ada"),
                        event("member_added", "presence-room").put("user_id", "bob"),
                        event("member_removed", "presence-room").put("user_id", "ada"));
        presence.leave(topic, "bob");
        await(4);
    }

    @Test
    void whoComesIsHeardInTheOrderOfComing() {
        List<String> users = IntStream.range(0, 100).mapToObj(i -> "user-" + i).toList();
        users.forEach(user ->
                presence.join(app.topic("presence-room"), user, null).await().atMost(PATIENCE));
        await(users.size());

        assertThat(heard).extracting(event -> event.getString("user_id")).isEqualTo(users);
        users.forEach(user -> presence.leave(app.topic("presence-room"), user));
        await(2 * users.size());
    }

    @Test
    void whoComesBackInTimeHasNeverGone() {
        String topic = app.topic("presence-room");
        presence.join(topic, "ada", null).await().atMost(PATIENCE);
        await(1);
        for (int i = 0; i < 3; i++) {
            presence.leave(topic, "ada");
            presence.join(topic, "ada", null).await().atMost(PATIENCE);
        }
        presence.join(topic, "bob", null).await().atMost(PATIENCE);
        presence.leave(topic, "bob");
        await(3);

        assertThat(heard)
                .containsExactly(
                        event("member_added", "presence-room").put("user_id", "ada"),
                        event("member_added", "presence-room").put("user_id", "bob"),
                        event("member_removed", "presence-room").put("user_id", "bob"));
        presence.leave(topic, "ada");
        await(4);
    }

    @Test
    void whatClientsSayIsHeard() {
        webhooks.clientEvent(app, "presence-room", "client-typing", "{}", "1.2", "ada");
        webhooks.clientEvent(app, "private-room", "client-typing", "{}", "1.2", null);
        webhooks.cacheMiss(app, "cache-room");
        await(3);

        JsonObject typing = event("client_event", "private-room")
                .put("event", "client-typing")
                .put("data", "{}")
                .put("socket_id", "1.2");
        assertThat(heard)
                .containsExactly(
                        typing.copy().put("channel", "presence-room").put("user_id", "ada"),
                        typing,
                        event("cache_miss", "cache-room"));
    }

    @Test
    void whatAnAppDoesNotWantIsNotSent() {
        PusherApp deaf = TestApps.listening(appId, null).byId(appId).orElseThrow();

        assertThat(webhooks.hasListener(app)).isTrue();
        assertThat(new Webhooks(TestApps.listening(appId, null), vertx, clock, new SimpleMeterRegistry())
                        .hasListener(deaf))
                .isFalse();
    }
}
