package dev.stagedoor.chat;

import dev.stagedoor.account.api.Caller;
import dev.stagedoor.account.api.Scopes;
import dev.stagedoor.chat.ChannelStore.Joined;
import dev.stagedoor.platform.http.ApiException;
import dev.stagedoor.platform.http.Created;
import dev.stagedoor.platform.http.Invalidates;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.server.Cancellable;

/** Who is in a channel. */
@Cancellable(false)
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
                .map(joined -> Invalidates.keys(answer(channelId, joined), ChatTags.ofMember(channelId, userId)));
    }

    private static RestResponse<MembershipView> answer(UUID channelId, Joined joined) {
        MembershipView view = joined.view();
        return joined.isNew()
                ? Created.at("/api/v1/channels/" + channelId + "/members/" + view.userId(), view, false)
                : RestResponse.ok(view);
    }

    @PATCH
    @Path("me")
    @Operation(operationId = "updateMembership", summary = "Mutes or pins a channel for the caller")
    @APIResponse(
            responseCode = "200",
            description = "The channel, as the caller sees it",
            content = @Content(mediaType = "application/json", schema = @Schema(implementation = ChannelView.class)))
    public Uni<RestResponse<ChannelView>> update(
            @RestPath UUID channelId, @NotNull @Valid UpdateMembershipRequest request) {
        UUID userId = caller.userId();
        return service.updateMembership(channelId, userId, request)
                .map(view -> Invalidates.keys(RestResponse.ok(view), List.of(ChatTags.channelsOf(userId))));
    }

    @DELETE
    @Path("{userId}")
    @Operation(
            operationId = "removeMember",
            summary = "Leaves a channel, or as its owner or moderator, removes someone")
    @APIResponse(responseCode = "204", description = "No longer a member")
    public Uni<RestResponse<Void>> remove(
            @RestPath UUID channelId, @Parameter(description = "The id of a member, or 'me'") @RestPath String userId) {
        UUID removed = userIdOf(userId);
        return service.removeMember(channelId, caller.userId(), removed)
                .map(done -> Invalidates.keys(RestResponse.noContent(), ChatTags.ofMember(channelId, removed)));
    }

    private UUID userIdOf(String segment) {
        try {
            return segment.equals(SELF) ? caller.userId() : UUID.fromString(segment);
        } catch (IllegalArgumentException e) {
            throw ApiException.notFound("member");
        }
    }
}
