package dev.stagedoor.platform.health;

import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.time.Clock;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.server.Cancellable;

/** The short answer that load balancers ask for. */
@Cancellable(false)
@Path("/health")
@Tag(name = "Health")
class HealthResource {

    private final Clock clock;
    private final HealthConfig config;

    HealthResource(Clock clock, HealthConfig config) {
        this.clock = clock;
        this.config = config;
    }

    @RegisterForReflection
    @Schema(name = "Health")
    record HealthView(
            @Schema(required = true, examples = "healthy") String status,
            @Schema(required = true) Instant timestamp,
            @Schema(required = true, examples = "0.1.0") String version) {}

    @GET
    @Operation(operationId = "health", summary = "Whether the process answers; it asks nothing outside itself")
    public HealthView get() {
        return new HealthView("healthy", clock.instant(), config.version());
    }
}
