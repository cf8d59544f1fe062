package dev.stagedoor.realtime;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/** Shows what the hub holds. */
@ApplicationScoped
class RealtimeMeters {

    private final Hub hub;
    private final MeterRegistry registry;

    RealtimeMeters(Hub hub, MeterRegistry registry) {
        this.hub = hub;
        this.registry = registry;
    }

    void start(@Observes StartupEvent event) {
        Gauge.builder("realtime_topics_active", hub, Hub::topics)
                .description("Topics that connections of this process listen to")
                .register(registry);
    }
}
