package dev.stagedoor.realtime.pusher;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The apps of the Pusher door. */
@ConfigMapping(prefix = "stagedoor.pusher")
public interface PusherConfig {

    /** The first app, which our own events belong to; there is one where it has a secret. */
    App app();

    /** Further apps, under any names; each needs an id, a key and a secret. */
    Map<String, App> apps();

    /** A path before {@code /apps} that a proxy takes away, and that clients may sign all the same. */
    Optional<String> pathPrefix();

    /** One app: whom its secret is known to may publish to it, and say who may listen. */
    interface App {

        /** Names it in the HTTP API. */
        Optional<String> id();

        /** Names it in clients; public. */
        Optional<String> key();

        /** Signs requests and subscriptions. */
        Optional<String> secret();

        /** Whether it takes connections. */
        @WithDefault("true")
        boolean enabled();

        /** Whether clients may send events to each other on private and presence channels. */
        @WithDefault("true")
        boolean clientEvents();

        /** Whether subscribers are told how many they are. */
        @WithDefault("false")
        boolean subscriptionCounts();

        /** Connections to this process at the same time. */
        @WithDefault("100000")
        int maxConnections();

        /** Where webhooks go; none without it. */
        Optional<String> webhookUrl();

        /** Which webhooks are sent. */
        @WithDefault(
                "channel_occupied,channel_vacated,member_added,member_removed,client_event,cache_miss,subscription_count,"
                        + "event_all_answered")
        List<String> webhookEvents();
    }
}
