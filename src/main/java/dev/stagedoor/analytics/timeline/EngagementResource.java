package dev.stagedoor.analytics.timeline;

import dev.stagedoor.account.api.Caller;
import dev.stagedoor.account.api.Scopes;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
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

/** How much is said in a channel, for its members. */
@Cancellable(false)
@Path("/api/v1/channels/{id}/analytics")
@Tag(name = "Analytics")
class EngagementResource {

    private final EngagementService service;
    private final Caller caller;

    EngagementResource(EngagementService service, Caller caller) {
        this.service = service;
        this.caller = caller;
    }

    @GET
    @Produces(MediaType.APPLICATION_JSON)
    @RolesAllowed(Scopes.CHAT_READ)
    @Operation(
            operationId = "getChannelAnalytics",
            summary = "As a member, how much is said in a channel, in minutes, hours or days")
    public Uni<EngagementView> engagement(@RestPath UUID id, @BeanParam @Valid BucketParameters asked) {
        return service.engagement(id, asked.buckets(), caller.userId());
    }
}
