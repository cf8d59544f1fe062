package dev.stagedoor.livestream.backstage;

import dev.stagedoor.account.api.Caller;
import dev.stagedoor.account.api.Scopes;
import dev.stagedoor.cache.Cached;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.server.Cancellable;

/** The page behind the stage. */
@Cancellable(false)
@Path("/api/v1/backstage")
@Tag(name = "Backstage")
class BackstageResource {

    private final BackstageService service;
    private final Caller caller;

    BackstageResource(BackstageService service, Caller caller) {
        this.service = service;
        this.caller = caller;
    }

    @GET
    @Produces(MediaType.APPLICATION_JSON)
    @Path("{streamId}")
    @RolesAllowed(Scopes.STREAMS_READ)
    @Operation(
            operationId = "getBackstage",
            summary = "All that the page behind the stage shows, for who takes part in the stream")
    public Uni<RestResponse<BackstageView>> get(
            @RestPath UUID streamId,
            @Parameter(
                            description =
                                    "Of 'me', 'stream' and 'participants' those to answer, with commas between; all"
                                            + " where absent",
                            example = "me,stream")
                    @RestQuery
                    String fields) {
        return service.read(streamId, caller.userId(), BackstagePart.parse(fields))
                .map(Cached::toDirectResponse);
    }
}
