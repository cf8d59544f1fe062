package dev.stagedoor.realtime.pusher;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Apps that are not those of the running service. */
public final class TestApps {

    private TestApps() {}

    /** Settings of an app. */
    record Settings(
            Optional<String> id,
            Optional<String> key,
            Optional<String> secret,
            boolean enabled,
            boolean clientEvents,
            boolean subscriptionCounts,
            int maxConnections,
            Optional<String> webhookUrl,
            List<String> webhookEvents)
            implements PusherConfig.App {}

    public static PusherApp app(String id, String key, String secret) {
        return new PusherApp(id, key, secret, true, settings(id, null));
    }

    /** An app beside the first, that is told everything. */
    public static PusherApps listening(String id, String webhookUrl) {
        return new PusherApps(new PusherConfig() {
            @Override
            public App app() {
                return new Settings(
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        true,
                        true,
                        false,
                        1,
                        Optional.empty(),
                        List.of());
            }

            @Override
            public Map<String, App> apps() {
                return Map.of(id, settings(id, webhookUrl));
            }

            @Override
            public Optional<String> pathPrefix() {
                return Optional.empty();
            }
        });
    }

    private static Settings settings(String id, String webhookUrl) {
        return new Settings(
                Optional.of(id),
                Optional.of(id + "-key"),
                Optional.of("a-secret-of-" + id),
                true,
                true,
                true,
                1,
                Optional.ofNullable(webhookUrl),
                List.of(
                        "channel_occupied",
                        "channel_vacated",
                        "member_added",
                        "member_removed",
                        "client_event",
                        "cache_miss",
                        "subscription_count"));
    }
}
