package dev.stagedoor.platform.health;

import io.smallrye.health.api.AsyncHealthCheck;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Ready while the primary database answers; Redis is not asked, since requests go on without it. */
@Readiness
@ApplicationScoped
class DatabaseReadiness implements AsyncHealthCheck {

    private static final String NAME = "database";

    /** Below the second that a probe usually waits. */
    private static final Duration TIMEOUT = Duration.ofMillis(800);

    private final Pool pool;

    DatabaseReadiness(Pool pool) {
        this.pool = pool;
    }

    @Override
    public Uni<HealthCheckResponse> call() {
        return pool.query("SELECT 1")
                .execute()
                .ifNoItem()
                .after(TIMEOUT)
                .fail()
                .map(rows -> HealthCheckResponse.up(NAME))
                .onFailure()
                .recoverWithItem(DatabaseReadiness::down);
    }

    private static HealthCheckResponse down(Throwable failure) {
        return HealthCheckResponse.named(NAME)
                .down()
                .withData("error", failure.getClass().getSimpleName())
                .build();
    }
}
