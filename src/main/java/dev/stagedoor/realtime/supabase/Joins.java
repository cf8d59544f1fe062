package dev.stagedoor.realtime.supabase;

import dev.stagedoor.platform.context.EventLoops;
import dev.stagedoor.realtime.Hub;
import dev.stagedoor.realtime.Relay;
import dev.stagedoor.realtime.Signal;
import dev.stagedoor.realtime.access.Listener;
import dev.stagedoor.realtime.access.Listeners;
import dev.stagedoor.realtime.access.TopicAccess;
import io.quarkus.security.AuthenticationFailedException;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Stream;

/** Says who may join which channel, and connects channels to the hub. Emits on the channel's context. */
@ApplicationScoped
class Joins {

    private final Vertx vertx;
    private final Hub hub;
    private final Relay relay;
    private final Listeners listeners;
    private final TopicAccess access;
    private final Tables tables;
    private final Clock clock;

    Joins(Vertx vertx, Hub hub, Relay relay, Listeners listeners, TopicAccess access, Tables tables, Clock clock) {
        this.vertx = vertx;
        this.hub = hub;
        this.relay = relay;
        this.listeners = listeners;
        this.access = access;
        this.tables = tables;
        this.clock = clock;
    }

    Tables tables() {
        return tables;
    }

    void broadcast(Signal signal) {
        relay.send(signal);
    }

    /**
     * Emits who has the token; fails with a {@link Refusal} where the channel, or a table in it, is not for them.
     *
     * @param token an access token; clients that have none send the API key, which may be anything
     */
    Uni<Listener> admit(JoinedChannel channel, String token, String apiKey) {
        return EventLoops.onOwnContext(vertx, () -> listener(token, apiKey).call(listener -> admit(listener, channel)))
                .emitOn(task -> onItsContext(channel.context(), task));
    }

    private static void onItsContext(Context context, Runnable task) {
        context.runOnContext(ignored -> task.run());
    }

    private Uni<Listener> listener(String token, String apiKey) {
        Uni<Listener> nobody = Uni.createFrom().item(Listener.NOBODY);
        if (!token.equals(apiKey)) {
            return listeners.of(token);
        }
        return token.isEmpty()
                ? nobody
                : listeners
                        .of(token)
                        .onFailure(AuthenticationFailedException.class)
                        .recoverWithUni(nobody);
    }

    private Uni<Void> admit(Listener listener, JoinedChannel channel) {
        boolean isPrivate = channel.request().isPrivate();
        if (isPrivate && listener.userId() == null) {
            throw new Refusal("a private channel needs the access token of a user");
        }
        List<String> topics = Stream.concat(
                        isPrivate ? Stream.of(channel.name()) : Stream.empty(), channel.tableTopics().stream())
                .toList();
        return Multi.createFrom()
                .iterable(topics)
                .onItem()
                .transformToUniAndConcatenate(topic -> access.admits(listener, topic))
                .invoke(isAdmitted -> {
                    if (!isAdmitted) {
                        throw new Refusal("you may not listen to this");
                    }
                })
                .onItem()
                .ignoreAsUni();
    }

    /** Once it is connected: a revocation that came between is not missed. */
    Uni<Void> admitAgain(JoinedChannel channel) {
        return EventLoops.onOwnContext(vertx, () -> admit(channel.listener(), channel))
                .emitOn(task -> onItsContext(channel.context(), task));
    }

    /** How long this one may listen from now on, in milliseconds; empty for as long as it likes. */
    OptionalLong millisLeft(Listener listener) {
        return listener.expiresAt() == null
                ? OptionalLong.empty()
                : OptionalLong.of(Math.max(1, listener.expiresAt().toEpochMilli() - clock.millis()));
    }

    /** All are waited for, also where one fails: what is subscribed to must be known, to be ended. */
    Uni<Void> subscribe(JoinedChannel channel) {
        List<Uni<Void>> subscriptions = channel.hubTopics().stream()
                .map(topic -> hub.subscribe(topic, channel).invoke(channel::add).replaceWithVoid())
                .toList();
        return Uni.join()
                .all(subscriptions)
                .andCollectFailures()
                .replaceWithVoid()
                .emitOn(task -> onItsContext(channel.context(), task));
    }
}
