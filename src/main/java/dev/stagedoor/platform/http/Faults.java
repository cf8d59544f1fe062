package dev.stagedoor.platform.http;

import dev.stagedoor.platform.db.DatabaseFailures;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.Locale;
import org.jboss.logging.Logger;

/** Failures that are the server's fault: they are logged and counted, and the caller learns nothing of the inside. */
@ApplicationScoped
public class Faults {

    private static final Logger LOG = Logger.getLogger(Faults.class);

    private static final String DATABASE_UNAVAILABLE = "database_unavailable";

    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    private final MeterRegistry meters;

    Faults(MeterRegistry meters) {
        this.meters = meters;
    }

    /** An alert on the rate needs the series before the first error. */
    void registerErrorCounter(@Observes StartupEvent started) {
        errors(DATABASE_UNAVAILABLE).increment(0);
    }

    /** Notes a failure that nobody foresaw, and says what to answer. */
    public ApiException report(Throwable failure) {
        if (DatabaseFailures.isUnavailable(failure)) {
            LOG.warnf("Database unavailable: %s", failure.toString());
            errors(DATABASE_UNAVAILABLE).increment();
            return ApiException.unavailable("The database cannot be reached", RETRY_AFTER);
        }
        LOG.error("Unexpected failure", failure);
        errors(failure.getClass().getSimpleName().toLowerCase(Locale.ROOT)).increment();
        return new ApiException(500, "internal", "The server failed; the request id leads to the log");
    }

    private Counter errors(String type) {
        return Counter.builder("application_errors_total")
                .description("Requests that failed for the server's fault")
                .tag("type", type)
                .register(meters);
    }
}
