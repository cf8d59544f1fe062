package dev.stagedoor.chat;

import dev.stagedoor.account.api.Caller;
import dev.stagedoor.account.api.Scopes;
import dev.stagedoor.platform.http.Invalidates;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.server.Cancellable;

/** What the caller has read in a channel. */
@Cancellable(false)
@Path("/api/v1/channels/{channelId}/read")
@Tag(name = "Channels")
class ReadMarkerResource {

    private final ReadMarkerService service;
    private final Caller caller;

    ReadMarkerResource(ReadMarkerService service, Caller caller) {
        this.service = service;
        this.caller = caller;
    }

    @PUT
    @RolesAllowed(Scopes.CHAT_WRITE)
    @Operation(
            operationId = "markRead",
            summary = "Says up to which message the caller has read; earlier ones change nothing, unless by force")
    @APIResponse(
            responseCode = "200",
            description = "Where the marker is",
            content = @Content(mediaType = "application/json", schema = @Schema(implementation = ReadMarkerView.class)))
    public Uni<RestResponse<ReadMarkerView>> mark(@RestPath UUID channelId, @NotNull @Valid MarkReadRequest request) {
        UUID userId = caller.userId();
        return service.mark(channelId, userId, request)
                .map(view -> Invalidates.keys(RestResponse.ok(view), List.of(ChatTags.channelsOf(userId))));
    }
}
