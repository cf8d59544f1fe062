package dev.stagedoor.platform.db;

import dev.stagedoor.platform.context.Workers;
import dev.stagedoor.platform.lifecycle.StartupTask;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.jboss.logging.Logger;

/** Brings the schema to this program's version; many at once are safe, since Flyway takes a lock in the database. */
@ApplicationScoped
public class Migrations implements StartupTask {

    private static final Logger LOG = Logger.getLogger(Migrations.class);

    private final DatabaseConfig config;
    private final Flyway flyway;
    private final Workers workers;

    Migrations(DatabaseConfig config, Flyway flyway, Workers workers) {
        this.config = config;
        this.flyway = flyway;
        this.workers = workers;
    }

    @Override
    public int order() {
        return MIGRATION;
    }

    /** Migrates, or where that is left to a job, waits by failing until the job is done. */
    @Override
    public Uni<Void> run() {
        return config.migrateAtStart() ? apply().replaceWithVoid() : workers.run(this::requireCurrent);
    }

    /** Emits the number of migrations that were applied. */
    public Uni<Integer> apply() {
        return workers.run(this::migrate);
    }

    private int migrate() {
        int applied = flyway.migrate().migrationsExecuted;
        if (applied > 0) {
            LOG.infof("Applied %d migrations", applied);
        }
        return applied;
    }

    private Void requireCurrent() {
        int pending = flyway.info().pending().length;
        if (pending > 0) {
            throw new FlywayException(pending + " migrations are pending; the migrate command applies them");
        }
        return null;
    }
}
