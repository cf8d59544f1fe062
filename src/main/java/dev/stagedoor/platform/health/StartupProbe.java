package dev.stagedoor.platform.health;

import dev.stagedoor.platform.lifecycle.Startup;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Started, and ready, once the start-up tasks are done: the schema is current and the first admin exists. */
@org.eclipse.microprofile.health.Startup
@Readiness
@ApplicationScoped
class StartupProbe implements HealthCheck {

    private final Startup startup;

    StartupProbe(Startup startup) {
        this.startup = startup;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("startup").status(startup.isComplete()).build();
    }
}
