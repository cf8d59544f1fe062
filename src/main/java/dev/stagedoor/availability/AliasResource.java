package dev.stagedoor.availability;

import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerRequest;
import jakarta.annotation.security.PermitAll;
import jakarta.validation.Valid;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.server.Cancellable;

/** An event under the address that older clients know. */
@Cancellable(false)
@Path("/api/events/{token}/optimized")
@Tag(name = "Availability")
@PermitAll
class AliasResource {

    private final GroupEventResource events;

    AliasResource(GroupEventResource events) {
        this.events = events;
    }

    @GET
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(operationId = "getEventAlias", summary = "The same as GET /api/v1/events/{token}", deprecated = true)
    public Uni<RestResponse<GroupEventView>> get(
            @RestPath String token, @Valid @BeanParam EventParameters asked, HttpServerRequest http) {
        return events.get(token, asked, http);
    }
}
