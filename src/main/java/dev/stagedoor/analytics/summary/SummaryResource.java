package dev.stagedoor.analytics.summary;

import dev.stagedoor.account.api.Caller;
import dev.stagedoor.account.api.Scopes;
import dev.stagedoor.analytics.Reader;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.server.Cancellable;

/** A stream as a whole, for its owner. */
@Cancellable(false)
@Path("/api/v1/streams/{id}/summary")
@Tag(name = "Analytics")
class SummaryResource {

    private final SummaryService service;
    private final Caller caller;

    SummaryResource(SummaryService service, Caller caller) {
        this.service = service;
        this.caller = caller;
    }

    @GET
    @Produces(MediaType.APPLICATION_JSON)
    @RolesAllowed(Scopes.METRICS_READ)
    @Operation(operationId = "getStreamSummary", summary = "As its owner, a stream as a whole, up to now")
    public Uni<SummaryView> summary(@RestPath UUID id) {
        return service.summary(id, Reader.of(caller));
    }
}
