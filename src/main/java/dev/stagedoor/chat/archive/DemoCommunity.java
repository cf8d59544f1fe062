package dev.stagedoor.chat.archive;

import dev.stagedoor.platform.lifecycle.StartupTask;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.InputStream;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/** Loads a small community, puts the demo's user into it and says how to sign in. */
@ApplicationScoped
class DemoCommunity implements StartupTask {

    private static final Logger LOG = Logger.getLogger("dev.stagedoor.demo");

    private static final String RESOURCE = "/demo/community.tsv";

    private static final String WELCOME = """

            Stagedoor listens on http://localhost:%1$d
            Sign in as %2$s with the password %3$s, for example so:

            curl -s http://localhost:%1$d/api/v1/auth/login -H 'Content-Type: application/json' \
            -d '{"username":"%2$s","password":"%3$s"}'
            """;

    private final DemoConfig config;
    private final ArchiveImport archiveImport;
    private final ArchiveStore store;
    private final int port;

    DemoCommunity(
            DemoConfig config,
            ArchiveImport archiveImport,
            ArchiveStore store,
            @ConfigProperty(name = "quarkus.http.port") int port) {
        this.config = config;
        this.archiveImport = archiveImport;
        this.store = store;
        this.port = port;
    }

    @Override
    public int order() {
        return DEMO;
    }

    @Override
    public Uni<Void> run() {
        if (config.username().isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        String username = config.username().get();
        InputStream community = DemoCommunity.class.getResourceAsStream(RESOURCE);
        return archiveImport
                .load("demo", community)
                .chain(() -> store.joinPublicChannels(username))
                .invoke(() ->
                        LOG.infof(WELCOME, port, username, config.password().orElse("")));
    }
}
