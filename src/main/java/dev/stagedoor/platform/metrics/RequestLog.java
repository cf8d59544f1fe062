package dev.stagedoor.platform.metrics;

import io.quarkus.arc.Unremovable;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/** Says how long requests took: of slow ones at info level, of all at debug level. Their routes have no secrets in them. */
@Unremovable // It is looked up, not injected.
@ApplicationScoped
class RequestLog {

    private static final Logger LOG = Logger.getLogger(RequestLog.class);

    private final boolean isEnabled;
    private final long slowNanos;

    RequestLog(MonitoringConfig config) {
        this.isEnabled = config.enabled();
        this.slowNanos = config.slowAfter().toNanos();
    }

    void answered(String method, String route, String status, long nanos) {
        Logger.Level level = nanos >= slowNanos ? Logger.Level.INFO : Logger.Level.DEBUG;
        if (isEnabled && LOG.isEnabled(level)) {
            LOG.logf(
                    level, "%s %s %s took %d ms", method, route, status, (Object) TimeUnit.NANOSECONDS.toMillis(nanos));
        }
    }
}
