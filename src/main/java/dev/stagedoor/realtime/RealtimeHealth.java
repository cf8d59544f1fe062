package dev.stagedoor.realtime;

import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Says how nodes hear of each other; without Redis they do so over PostgreSQL, and are as ready as with it. */
@Readiness
@ApplicationScoped
class RealtimeHealth implements HealthCheck {

    private final RedisBus bus;
    private final BusReader reader;

    RealtimeHealth(RedisBus bus, BusReader reader) {
        this.bus = bus;
        this.reader = reader;
    }

    @Override
    public HealthCheckResponse call() {
        boolean isOverRedis = bus.isUsable() && reader.isHearing();
        return HealthCheckResponse.named("realtime")
                .up()
                .withData("nodes hear each other over", isOverRedis ? "redis" : "postgresql")
                .build();
    }
}
