package dev.stagedoor.platform.lifecycle;

import io.smallrye.mutiny.Uni;

/**
 * Work that must be done before the service is ready, and that needs the database.
 *
 * <p>Tasks run one after the other, by their order; a failed one is tried again until it succeeds, so it must be
 * repeatable, on many nodes at once.
 */
public interface StartupTask {

    /** Brings the schema to the version of this program. */
    int MIGRATION = 0;

    /** Creates what must exist in every installation. */
    int BOOTSTRAP = 100;

    /** Loads the demo. */
    int DEMO = 200;

    int order();

    Uni<Void> run();
}
