package dev.stagedoor.chat;

import dev.stagedoor.account.api.Caller;
import dev.stagedoor.account.api.Scopes;
import dev.stagedoor.platform.http.ApiException;
import dev.stagedoor.platform.http.Created;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestResponse;

/** Who is in a channel. */
@Path("/api/v1/channels/{channelId}/members")
@Tag(name = "Channels")
@RolesAllowed(Scopes.CHAT_WRITE)
class MemberResource {

    private static final String SELF = "me";

    private final ChannelService service;
    private final Caller caller;

    MemberResource(ChannelService service, Caller caller) {
        this.service = service;
        this.caller = caller;
    }

    @POST
    @Operation(
            operationId = "addMember",
            summary = "Joins a public channel, or as its owner, adds someone; doing so again changes nothing")
    @APIResponse(
            responseCode = "201",
            description = "The new membership",
            content = @Content(mediaType = "application/json", schema = @Schema(implementation = MembershipView.class)))
    @APIResponse(
            responseCode = "200",
            description = "The membership that was there",
            content = @Content(mediaType = "application/json", schema = @Schema(implementation = MembershipView.class)))
    public Uni<RestResponse<MembershipView>> add(@RestPath UUID channelId, @Valid AddMemberRequest request) {
        UUID userId = request == null || request.userId() == null ? caller.userId() : request.userId();
        return service.addMember(channelId, caller.userId(), userId)
                .map(joined -> joined.isNew()
                        ? Created.at("/api/v1/channels/" + channelId + "/members/" + userId, joined.view(), false)
                        : RestResponse.ok(joined.view()));
    }

    @DELETE
    @Path("{userId}")
    @Operation(operationId = "removeMember", summary = "Leaves a channel, or as its owner, removes someone")
    @APIResponse(responseCode = "204", description = "No longer a member")
    public Uni<Void> remove(
            @RestPath UUID channelId, @Parameter(description = "The id of a member, or 'me'") @RestPath String userId) {
        return service.removeMember(channelId, caller.userId(), userIdOf(userId));
    }

    private UUID userIdOf(String segment) {
        try {
            return segment.equals(SELF) ? caller.userId() : UUID.fromString(segment);
        } catch (IllegalArgumentException e) {
            throw ApiException.notFound("member");
        }
    }
}
