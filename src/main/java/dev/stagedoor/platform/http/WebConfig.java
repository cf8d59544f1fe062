package dev.stagedoor.platform.http;

import io.quarkus.arc.Unremovable;
import io.smallrye.config.ConfigMapping;
import java.util.List;
import java.util.Optional;

/** What Quarkus reads through its own names, see application.properties. */
@Unremovable
@ConfigMapping(prefix = "stagedoor.web")
interface WebConfig {

    /** Origins whose pages may call the API, separated by commas; {@code /regex/} for a pattern. None where absent. */
    Optional<List<String>> corsOrigins();

    /** Whether X-Forwarded-* headers are believed: only where a proxy sets them on every request. */
    Optional<Boolean> trustForwardedHeaders();
}
