package dev.stagedoor.realtime.pusher.api;

import dev.stagedoor.platform.context.EventLoops;
import dev.stagedoor.platform.http.ApiException;
import dev.stagedoor.realtime.Hub;
import dev.stagedoor.realtime.Latest;
import dev.stagedoor.realtime.Outbox;
import dev.stagedoor.realtime.Relay;
import dev.stagedoor.realtime.Signal;
import dev.stagedoor.realtime.presence.Occupancy;
import dev.stagedoor.realtime.presence.Presence;
import dev.stagedoor.realtime.pusher.ChannelKind;
import dev.stagedoor.realtime.pusher.PusherApp;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What servers may do with the channels of their app. Answers are JSON objects, as the protocol names their fields. */
@ApplicationScoped
class PusherApiService {

    private final Outbox outbox;
    private final Occupancy occupancy;
    private final Presence presence;
    private final Hub hub;
    private final Relay relay;

    PusherApiService(Outbox outbox, Occupancy occupancy, Presence presence, Hub hub, Relay relay) {
        this.outbox = outbox;
        this.occupancy = occupancy;
        this.presence = presence;
        this.hub = hub;
        this.relay = relay;
    }

    /** How many connections, and how many users, topics have. */
    private record Counts(Map<String, Integer> subscriptions, Map<String, Integer> users) {

        Map<String, Object> of(PusherApp app, String channel, Set<ChannelInfo> infos) {
            ChannelKind kind = ChannelKind.of(channel);
            String topic = app.topic(channel);
            Map<String, Object> info = new LinkedHashMap<>();
            if (infos.contains(ChannelInfo.USER_COUNT) && ChannelInfo.USER_COUNT.isOf(kind)) {
                info.put(ChannelInfo.USER_COUNT.wireName(), users.getOrDefault(topic, 0));
            }
            if (infos.contains(ChannelInfo.SUBSCRIPTION_COUNT)) {
                info.put(ChannelInfo.SUBSCRIPTION_COUNT.wireName(), subscriptions.getOrDefault(topic, 0));
            }
            return info;
        }
    }

    Uni<Map<String, Object>> publish(PusherApp app, Trigger trigger) {
        return outbox.publish(trigger.events(app))
                .chain(done -> counts(app, trigger.channels(), trigger.infos()))
                .map(counts -> {
                    Map<String, Object> channels = new LinkedHashMap<>();
                    trigger.channels()
                            .forEach(channel -> channels.put(channel, counts.of(app, channel, trigger.infos())));
                    return trigger.infos().isEmpty() ? Map.of() : Map.of("channels", channels);
                });
    }

    /** Publishes all of them, or none. */
    Uni<Map<String, Object>> publish(PusherApp app, List<Trigger> batch) {
        List<String> counted = batch.stream()
                .filter(trigger -> !trigger.infos().isEmpty())
                .flatMap(trigger -> trigger.channels().stream())
                .distinct()
                .toList();
        return outbox.publish(batch.stream()
                        .flatMap(trigger -> trigger.events(app).stream())
                        .toList())
                .chain(done -> counts(app, counted, Set.of(ChannelInfo.values())))
                .map(counts -> counted.isEmpty()
                        ? Map.of()
                        : Map.of(
                                "batch",
                                batch.stream()
                                        .map(trigger -> counts.of(
                                                app,
                                                trigger.channels().iterator().next(),
                                                trigger.infos()))
                                        .toList()));
    }

    private Uni<Counts> counts(PusherApp app, Collection<String> channels, Set<ChannelInfo> infos) {
        Uni<Map<String, Integer>> none = Uni.createFrom().item(Map.of());
        List<String> topics = channels.stream().map(app::topic).toList();
        boolean withSubscriptions = infos.contains(ChannelInfo.SUBSCRIPTION_COUNT) && !topics.isEmpty();
        return EventLoops.sideBySide(
                withSubscriptions ? occupancy.counts(topics) : none, users(app, channels, infos), Counts::new);
    }

    private Uni<Map<String, Integer>> users(PusherApp app, Collection<String> channels, Set<ChannelInfo> infos) {
        List<String> topics = channels.stream()
                .filter(channel -> ChannelKind.of(channel).isPresence())
                .map(app::topic)
                .toList();
        return infos.contains(ChannelInfo.USER_COUNT) && !topics.isEmpty()
                ? presence.counts(topics)
                : Uni.createFrom().item(Map.of());
    }

    /** The channels that anyone listens to. */
    Uni<Map<String, Object>> channels(PusherApp app, String prefix, Set<ChannelInfo> infos) {
        if (infos.contains(ChannelInfo.USER_COUNT) && !ChannelKind.of(prefix).isPresence()) {
            throw ApiException.invalid("info", "may be user_count only where filter_by_prefix begins with presence-");
        }
        return occupancy.countsOfPrefix(app.topic(prefix)).chain(subscriptions -> {
            List<String> channels = subscriptions.keySet().stream()
                    .filter(app::hasTopic)
                    .map(app::channel)
                    .filter(channel -> ChannelKind.of(channel) != ChannelKind.SERVER_TO_USER)
                    .sorted()
                    .toList();
            return users(app, channels, infos).map(users -> {
                Counts counts = new Counts(subscriptions, users);
                Map<String, Object> byName = new LinkedHashMap<>();
                channels.forEach(channel -> byName.put(channel, counts.of(app, channel, infos)));
                return Map.of("channels", byName);
            });
        });
    }

    Uni<Map<String, Object>> channel(PusherApp app, String channel, Set<ChannelInfo> infos) {
        ChannelKind kind = ChannelKind.of(channel);
        infos.stream().filter(info -> !info.isOf(kind)).findFirst().ifPresent(info -> {
            throw ApiException.invalid("info", "may not be " + info.wireName() + " for this channel");
        });
        return counts(app, List.of(channel), Set.of(ChannelInfo.SUBSCRIPTION_COUNT, ChannelInfo.USER_COUNT))
                .map(counts -> {
                    Map<String, Object> answer = new LinkedHashMap<>();
                    answer.put("occupied", counts.subscriptions().containsKey(app.topic(channel)));
                    answer.putAll(counts.of(app, channel, infos));
                    return answer;
                })
                .call(answer -> infos.contains(ChannelInfo.CACHE)
                        ? hub.latest(app.topic(channel)).invoke(latest -> answer.put("cache", cache(latest)))
                        : Uni.createFrom().voidItem());
    }

    private static Map<String, Object> cache(Latest latest) {
        return latest == null
                ? null
                : Map.of(
                        "data",
                        latest.publication().data(),
                        "ttl",
                        latest.rest().toSeconds());
    }

    Uni<Map<String, Object>> users(PusherApp app, String channel) {
        if (!ChannelKind.of(channel).isPresence()) {
            throw ApiException.invalid("channel", "must be a presence channel");
        }
        return presence.users(app.topic(channel))
                .map(ids ->
                        Map.of("users", ids.stream().map(id -> Map.of("id", id)).toList()));
    }

    /** Closes the connections that are signed in as this user, on whichever node. */
    void terminate(PusherApp app, String userId) {
        relay.send(new Signal(app.onlineTopic(userId), "terminate", "{}", null, null));
    }
}
