package dev.stagedoor.account.signin;

import dev.stagedoor.platform.context.Ids;
import dev.stagedoor.platform.lifecycle.ProductionCheck;
import dev.stagedoor.platform.lifecycle.StartupTask;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.List;
import org.jboss.logging.Logger;

/** Creates the first admin from the settings. */
@ApplicationScoped
class FirstAdmin implements StartupTask, ProductionCheck {

    private static final Logger LOG = Logger.getLogger(FirstAdmin.class);

    private static final int MIN_PASSWORD_LENGTH = 12;

    private final AdminConfig config;
    private final Passwords passwords;
    private final SignInStore store;
    private final Ids ids;
    private final Clock clock;

    FirstAdmin(AdminConfig config, Passwords passwords, SignInStore store, Ids ids, Clock clock) {
        this.config = config;
        this.passwords = passwords;
        this.store = store;
        this.ids = ids;
        this.clock = clock;
    }

    @Override
    public int order() {
        return BOOTSTRAP;
    }

    @Override
    public Uni<Void> run() {
        if (config.username().isEmpty() || config.password().isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        String username = config.username().get();
        return store.findCredential(username)
                .chain(found -> found != null ? Uni.createFrom().voidItem() : create(username));
    }

    private Uni<Void> create(String username) {
        return passwords
                .hash(config.password().orElseThrow())
                .chain(hash -> store.createAdmin(ids.next(), username, hash, clock.instant()))
                .invoke(() -> LOG.infof("Created the admin %s", username));
    }

    @Override
    public List<String> findings() {
        return config.password()
                .filter(password -> password.length() < MIN_PASSWORD_LENGTH || password.startsWith(PLACEHOLDER))
                .map(weak -> List.of("ADMIN_PASSWORD needs 12 characters or more, and not those of the example"))
                .orElse(List.of());
    }
}
