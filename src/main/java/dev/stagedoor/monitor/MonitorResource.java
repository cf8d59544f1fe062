package dev.stagedoor.monitor;

import dev.stagedoor.account.api.Scopes;
import dev.stagedoor.cache.Caches;
import dev.stagedoor.platform.http.ApiException;
import dev.stagedoor.platform.metrics.MonitoringConfig;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestQuery;
import org.jboss.resteasy.reactive.server.Cancellable;

/** The state of this process. */
@Cancellable(false)
@Path("/api/performance/monitor")
@Tag(name = "Operations")
public class MonitorResource {

    private final Caches caches;
    private final MonitoringConfig config;

    MonitorResource(Caches caches, MonitoringConfig config) {
        this.caches = caches;
        this.config = config;
    }

    @GET
    @RolesAllowed(Scopes.MONITORING_READ)
    @Operation(
            operationId = "getMonitor",
            summary = "What the caches of this process do, and with 'key' what they hold under it")
    public MonitorView get(@Parameter(example = "users:018f3c2e-7a1b-7c3d-8e4f-5a6b7c8d9e0f") @RestQuery String key) {
        if (!config.enabled()) {
            throw ApiException.notFound("monitor");
        }
        return new MonitorView(
                new MonitorView.CachesView(caches.isRedisUsable(), caches.invalidations(), caches.states()),
                key == null ? null : caches.entry(key).orElse(null));
    }
}
