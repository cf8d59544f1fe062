package dev.stagedoor.chat.moderation;

import dev.stagedoor.account.api.Caller;
import dev.stagedoor.account.api.Scopes;
import dev.stagedoor.chat.ChatTags;
import dev.stagedoor.chat.MembershipView;
import dev.stagedoor.chat.moderation.Moderators.Case;
import dev.stagedoor.platform.http.Invalidates;
import dev.stagedoor.platform.http.Page;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.server.Cancellable;

/** What owners and moderators do in a channel. */
@Cancellable(false)
@Path("/api/v1/channels/{channelId}")
@Tag(name = "Moderation")
class ModerationResource {

    private final ModerationService service;
    private final Caller caller;

    ModerationResource(ModerationService service, Caller caller) {
        this.service = service;
        this.caller = caller;
    }

    private Case about(UUID channelId, UUID userId) {
        return new Case(channelId, caller.userId(), userId);
    }

    private static <T> RestResponse<T> answer(T view, UUID channelId, UUID userId) {
        return Invalidates.keys(RestResponse.ok(view), ChatTags.ofMember(channelId, userId));
    }

    private static RestResponse<Void> done(UUID channelId, UUID userId) {
        return Invalidates.keys(RestResponse.noContent(), ChatTags.ofMember(channelId, userId));
    }

    @PUT
    @Path("roles/{userId}")
    @RolesAllowed(Scopes.CHAT_WRITE)
    @Operation(
            operationId = "changeRole",
            summary = "As an owner, makes a member a moderator, an owner, or a plain member")
    @APIResponse(
            responseCode = "200",
            description = "The membership",
            content = @Content(mediaType = "application/json", schema = @Schema(implementation = MembershipView.class)))
    public Uni<RestResponse<MembershipView>> changeRole(
            @RestPath UUID channelId, @RestPath UUID userId, @NotNull @Valid ChangeRoleRequest request) {
        return service.changeRole(about(channelId, userId), request.role())
                .map(view -> answer(view, channelId, userId));
    }

    @PUT
    @Path("mutes/{userId}")
    @RolesAllowed(Scopes.CHAT_WRITE)
    @Operation(operationId = "muteMember", summary = "Keeps a member from writing for a time")
    @APIResponse(
            responseCode = "200",
            description = "The mute",
            content = @Content(mediaType = "application/json", schema = @Schema(implementation = MuteView.class)))
    public Uni<RestResponse<MuteView>> mute(
            @RestPath UUID channelId, @RestPath UUID userId, @NotNull @Valid MuteRequest request) {
        return service.mute(about(channelId, userId), request).map(view -> answer(view, channelId, userId));
    }

    @DELETE
    @Path("mutes/{userId}")
    @RolesAllowed(Scopes.CHAT_WRITE)
    @Operation(operationId = "unmuteMember", summary = "Lets a member write again")
    @APIResponse(responseCode = "204", description = "Not muted")
    public Uni<RestResponse<Void>> unmute(@RestPath UUID channelId, @RestPath UUID userId) {
        return service.unmute(about(channelId, userId)).map(unmuted -> done(channelId, userId));
    }

    @GET
    @Path("bans")
    @RolesAllowed(Scopes.CHAT_READ)
    @Operation(operationId = "listBans", summary = "Who is banned from a channel")
    public Uni<Page<BanView>> bans(
            @RestPath UUID channelId,
            @RestQuery String cursor,
            @RestQuery @DefaultValue("50") @Min(1) @Max(100) int limit) {
        return service.bans(channelId, caller.userId(), cursor, limit);
    }

    @PUT
    @Path("bans/{userId}")
    @RolesAllowed(Scopes.CHAT_WRITE)
    @Operation(operationId = "ban", summary = "Removes someone from a channel, for a time or for good")
    @APIResponse(
            responseCode = "200",
            description = "The ban",
            content = @Content(mediaType = "application/json", schema = @Schema(implementation = BanView.class)))
    public Uni<RestResponse<BanView>> ban(
            @RestPath UUID channelId, @RestPath UUID userId, @NotNull @Valid BanRequest request) {
        return service.ban(about(channelId, userId), request).map(view -> answer(view, channelId, userId));
    }

    @DELETE
    @Path("bans/{userId}")
    @RolesAllowed(Scopes.CHAT_WRITE)
    @Operation(operationId = "unban", summary = "Lets someone join again")
    @APIResponse(responseCode = "204", description = "Not banned")
    public Uni<RestResponse<Void>> unban(@RestPath UUID channelId, @RestPath UUID userId) {
        return service.unban(about(channelId, userId)).map(unbanned -> done(channelId, userId));
    }

    @GET
    @Path("moderation")
    @RolesAllowed(Scopes.CHAT_READ)
    @Operation(
            operationId = "getModerationSettings",
            summary = "Slow mode, and the words that a channel does not allow")
    public Uni<SettingsView> settings(@RestPath UUID channelId) {
        return service.settings(channelId, caller.userId());
    }

    @PATCH
    @Path("moderation")
    @RolesAllowed(Scopes.CHAT_WRITE)
    @Operation(
            operationId = "updateModerationSettings",
            summary = "Changes slow mode, or the words that are not allowed")
    public Uni<SettingsView> updateSettings(@RestPath UUID channelId, @NotNull @Valid UpdateSettingsRequest request) {
        return service.updateSettings(channelId, caller.userId(), request);
    }

    @GET
    @Path("moderation/acts")
    @RolesAllowed(Scopes.CHAT_READ)
    @Operation(operationId = "listModerationActs", summary = "What moderators did, newest first")
    public Uni<Page<ActView>> acts(
            @RestPath UUID channelId,
            @RestQuery String cursor,
            @RestQuery @DefaultValue("50") @Min(1) @Max(100) int limit) {
        return service.acts(channelId, caller.userId(), cursor, limit);
    }
}
