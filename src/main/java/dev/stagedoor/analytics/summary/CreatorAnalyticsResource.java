package dev.stagedoor.analytics.summary;

import dev.stagedoor.account.api.Caller;
import dev.stagedoor.account.api.Scopes;
import dev.stagedoor.analytics.Reader;
import dev.stagedoor.platform.http.TimeParameters;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.server.Cancellable;

/** The streams of a creator together, for the creator. */
@Cancellable(false)
@Path("/api/v1/creators/{id}/analytics")
@Tag(name = "Analytics")
class CreatorAnalyticsResource {

    private final SummaryService service;
    private final Caller caller;

    CreatorAnalyticsResource(SummaryService service, Caller caller) {
        this.service = service;
        this.caller = caller;
    }

    @GET
    @Produces(MediaType.APPLICATION_JSON)
    @RolesAllowed(Scopes.METRICS_READ)
    @Operation(
            operationId = "getCreatorAnalytics",
            summary = "The caller's streams of some time, each and together",
            description = "Of the hours that the time touches; the last 30 days where nothing is said.")
    public Uni<CreatorAnalyticsView> analytics(@RestPath UUID id, @BeanParam TimeParameters asked) {
        return service.ofCreator(id, asked.time(), Reader.of(caller));
    }
}
