package dev.stagedoor.platform.db;

import dev.stagedoor.platform.lifecycle.Command;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import org.jboss.logging.Logger;

/** Applies the migrations and ends: the job that runs before a roll-out. */
@ApplicationScoped
class MigrateCommand implements Command {

    private static final Logger LOG = Logger.getLogger(MigrateCommand.class);

    private final Migrations migrations;

    MigrateCommand(Migrations migrations) {
        this.migrations = migrations;
    }

    @Override
    public String name() {
        return "migrate";
    }

    @Override
    public Uni<Integer> run(List<String> arguments) {
        return migrations
                .apply()
                .invoke(applied -> LOG.infof("The schema is current; %d migrations were applied", applied))
                .replaceWith(0)
                .onFailure()
                .invoke(failure -> LOG.errorf("Migration failed: %s", failure.getMessage()))
                .onFailure()
                .recoverWithItem(1);
    }
}
