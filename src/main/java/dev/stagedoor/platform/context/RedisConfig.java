package dev.stagedoor.platform.context;

import io.quarkus.arc.Unremovable;
import io.smallrye.config.ConfigMapping;
import java.util.Optional;

/** What Quarkus reads through its own name, see application.properties. */
@Unremovable
@ConfigMapping(prefix = "stagedoor.redis")
interface RedisConfig {

    /** Redis or Valkey: {@code redis://user:password@host:6379/0}; rediss:// for TLS. */
    Optional<String> url();
}
