package dev.stagedoor.realtime.pusher;

import dev.stagedoor.platform.lifecycle.ProductionCheck;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The apps that are configured. */
@ApplicationScoped
public class PusherApps implements ProductionCheck {

    private static final String DEFAULT_NAME = "stagedoor";
    private static final int MIN_SECRET_LENGTH = 16;

    private final PusherConfig config;
    private final Optional<PusherApp> first;
    private final List<PusherApp> apps;

    public PusherApps(PusherConfig config) {
        this.config = config;
        this.first = first(config.app());
        this.apps = Stream.concat(
                        first.stream(),
                        config.apps().values().stream()
                                .filter(PusherApps::isComplete)
                                .map(PusherApps::further))
                .toList();
    }

    private static Optional<PusherApp> first(PusherConfig.App app) {
        return app.secret()
                .map(secret -> new PusherApp(
                        app.id().orElse(DEFAULT_NAME), app.key().orElse(DEFAULT_NAME), secret, true, app));
    }

    /** The app of our own events; none where it has no secret. */
    public Optional<PusherApp> first() {
        return first;
    }

    private static boolean isComplete(PusherConfig.App app) {
        return app.id().isPresent() && app.key().isPresent() && app.secret().isPresent();
    }

    private static PusherApp further(PusherConfig.App app) {
        return new PusherApp(
                app.id().orElseThrow(), app.key().orElseThrow(), app.secret().orElseThrow(), false, app);
    }

    public Optional<PusherApp> byKey(String key) {
        return apps.stream().filter(app -> app.key().equals(key)).findFirst();
    }

    public Optional<PusherApp> byId(String id) {
        return apps.stream().filter(app -> app.id().equals(id)).findFirst();
    }

    /** The app that a topic is a channel of; none where it is no channel. */
    public Optional<PusherApp> ofTopic(String topic) {
        return apps.stream().filter(app -> app.hasTopic(topic)).findFirst();
    }

    public List<PusherApp> all() {
        return apps;
    }

    @Override
    public List<String> findings() {
        List<String> findings = new ArrayList<>();
        Stream.concat(Stream.of(config.app()), config.apps().values().stream())
                .flatMap(app -> app.secret().stream())
                .filter(secret -> secret.length() < MIN_SECRET_LENGTH || secret.startsWith(PLACEHOLDER))
                .forEach(secret -> findings.add("A secret of a Pusher app needs 16 random characters or more"));
        config.apps().forEach((name, app) -> {
            if (!isComplete(app)) {
                findings.add("The Pusher app '" + name + "' needs an id, a key and a secret");
            }
        });
        return findings;
    }
}
