package dev.stagedoor.analytics.summary;

import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Duration;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.server.Cancellable;

/** What is live now, for everyone. */
@Cancellable(false)
@Path("/api")
@Tag(name = "Analytics")
class StatsResource {

    private static final Duration SHARED = Duration.ofMinutes(1);

    private final SummaryService service;

    StatsResource(SummaryService service) {
        this.service = service;
    }

    @GET
    @Path("v1/stats")
    @Produces(MediaType.APPLICATION_JSON)
    @PermitAll
    @Operation(operationId = "getStats", summary = "How many streams are live, how many watch them, and which the most")
    public Uni<RestResponse<StatsView>> stats() {
        return service.stats().map(cached -> cached.toPublicResponse(SHARED));
    }

    @GET
    @Path("stream-stats")
    @Produces(MediaType.APPLICATION_JSON)
    @PermitAll
    @Operation(operationId = "getStatsAlias", summary = "The same as GET /api/v1/stats", deprecated = true)
    public Uni<RestResponse<StatsView>> streamStats() {
        return stats();
    }
}
