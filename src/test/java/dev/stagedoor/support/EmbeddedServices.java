package dev.stagedoor.support;

import dev.stagedoor.platform.embedded.EmbeddedServers;
import dev.stagedoor.platform.embedded.GeneratedSecrets;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** One PostgreSQL and one Redis for the whole test run; started by the first test that needs them. */
public class EmbeddedServices implements QuarkusTestResourceLifecycleManager {

    public static final String ADMIN_USERNAME = "admin";
    public static final String ADMIN_PASSWORD = "a-password-for-tests";

    private static EmbeddedServers servers;
    private static Path folder;

    /** The servers of this run. */
    public static synchronized EmbeddedServers servers() {
        if (servers == null) {
            servers = EmbeddedServers.start(folder());
            Runtime.getRuntime().addShutdownHook(new Thread(servers::close, "embedded-services"));
        }
        return servers;
    }

    /** A folder of this run's own, below target. */
    public static synchronized Path folder() {
        try {
            if (folder == null) {
                Path target = Files.createDirectories(Path.of("target").toAbsolutePath());
                folder = Files.createTempDirectory(target, "embedded-");
            }
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What a process needs to use the servers of this run. */
    public static Map<String, String> settings() {
        Map<String, String> settings = new HashMap<>(servers().settings());
        settings.putAll(GeneratedSecrets.loadOrCreate(folder()));
        settings.put("stagedoor.admin.username", ADMIN_USERNAME);
        settings.put("stagedoor.admin.password", ADMIN_PASSWORD);
        settings.put("stagedoor.pusher.app.id", "stagedoor");
        settings.put("stagedoor.pusher.app.key", "stagedoor-key");
        settings.put("stagedoor.pusher.app.secret", "a-secret-of-the-first-app");
        settings.put("stagedoor.pusher.apps.disabled.id", "disabled");
        settings.put("stagedoor.pusher.apps.disabled.key", "disabled-key");
        settings.put("stagedoor.pusher.apps.disabled.secret", "a-secret-of-a-disabled-app");
        settings.put("stagedoor.pusher.apps.disabled.enabled", "false");
        settings.put("stagedoor.pusher.apps.crowded.id", "crowded");
        settings.put("stagedoor.pusher.apps.crowded.key", "crowded-key");
        settings.put("stagedoor.pusher.apps.crowded.secret", "a-secret-of-a-crowded-app");
        settings.put("stagedoor.pusher.apps.crowded.max-connections", "1");
        // Every test signs in from the same address.
        settings.put("stagedoor.auth.attempts-per-address", "100000");
        settings.put("stagedoor.events.creates-per-address", "100000");
        settings.put("stagedoor.events.misses-per-address", "100000");
        // Tests write faster than people.
        settings.put("stagedoor.chat.writes-per-second", "100000");
        settings.put("stagedoor.chat.writes-at-once", "100000");
        settings.put("stagedoor.pusher.apps.other.id", "other");
        settings.put("stagedoor.pusher.apps.other.key", "other-key");
        settings.put("stagedoor.pusher.apps.other.secret", "a-secret-of-the-other-app");
        settings.put("stagedoor.cache.ttl.stats", "100");
        // Tests of days with a change of the clock have samples of long ago.
        settings.put("stagedoor.analytics.raw-retention", "36500d");
        // Holds that ran out meanwhile would be ended by statements that tests take for those of their requests.
        settings.put("stagedoor.sessions.hold-ttl", "1h");
        settings.put("stagedoor.payments.stripe.url", StripeStandIn.get().url());
        settings.put("stagedoor.payments.stripe.secret-key", StripeStandIn.KEY);
        settings.put(
                "stagedoor.payments.stripe.webhook-secrets",
                StripeStandIn.FIRST_SECRET + "," + StripeStandIn.SECOND_SECRET);
        settings.put("stagedoor.payments.retry-delay", "1s");
        settings.put("quarkus.rest-client.stripe.read-timeout", "1000");
        return settings;
    }

    @Override
    public Map<String, String> start() {
        return settings();
    }

    @Override
    public void stop() {
        // The servers outlive the test class: the next one uses them too.
    }
}
