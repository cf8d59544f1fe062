package dev.stagedoor.platform.db;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Optional;

/** Where the data lives. */
@ConfigMapping(prefix = "stagedoor.database")
interface DatabaseConfig {

    /** The primary: {@code postgres://user:password@host/name}, with sslmode, connection_limit and pool_timeout (ms). */
    Optional<String> url();

    /** A replica for reads that may be some seconds old; the primary where absent. */
    Optional<String> readUrl();

    /** How long a request waits for a connection of the pool; taken from the URL's pool_timeout. */
    @WithDefault("10s")
    Duration poolTimeout();

    /** Whether every start applies pending migrations; false where a job does. */
    @WithDefault("true")
    boolean migrateAtStart();
}
