package dev.stagedoor.chat;

import dev.stagedoor.account.api.Caller;
import dev.stagedoor.account.api.Scopes;
import dev.stagedoor.platform.http.Invalidates;
import dev.stagedoor.platform.http.Page;
import dev.stagedoor.platform.http.PlainText;
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
import java.util.List;
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

/** What becomes of the messages of a channel. */
@Cancellable(false)
@Path("/api/v1/channels/{channelId}")
@Tag(name = "Messages")
class MessageChangeResource {

    private final MessageChangeService service;
    private final Caller caller;

    MessageChangeResource(MessageChangeService service, Caller caller) {
        this.service = service;
        this.caller = caller;
    }

    @GET
    @Path("messages/{seq}")
    @RolesAllowed(Scopes.CHAT_READ)
    @Operation(operationId = "getMessage", summary = "A message")
    public Uni<MessageView> get(@RestPath UUID channelId, @RestPath @Min(1) long seq) {
        return service.get(channelId, seq, caller.userId());
    }

    @PATCH
    @Path("messages/{seq}")
    @RolesAllowed(Scopes.CHAT_WRITE)
    @ChatWrite
    @Operation(
            operationId = "editMessage",
            summary = "Edits a message of the caller's own",
            description = "Without If-Match: only its author edits a message, and what it said before is kept.")
    @APIResponse(
            responseCode = "200",
            description = "The message as edited",
            content = @Content(mediaType = "application/json", schema = @Schema(implementation = MessageView.class)))
    public Uni<RestResponse<MessageView>> edit(
            @RestPath UUID channelId, @RestPath @Min(1) long seq, @NotNull @Valid EditMessageRequest request) {
        return service.edit(channelId, seq, caller.userId(), request).map(MessageChangeResource::changed);
    }

    @DELETE
    @Path("messages/{seq}")
    @RolesAllowed(Scopes.CHAT_WRITE)
    @ChatWrite
    @Operation(
            operationId = "deleteMessage",
            summary = "Deletes a message of the caller's own, or as an owner or moderator, any",
            description = "A tombstone stays in its place.")
    @APIResponse(responseCode = "204", description = "Deleted")
    public Uni<RestResponse<Void>> delete(@RestPath UUID channelId, @RestPath @Min(1) long seq) {
        return service.delete(channelId, seq, caller.userId())
                .map(deleted ->
                        Invalidates.keys(RestResponse.noContent(), List.of(ChatTags.messages(deleted.channelId()))));
    }

    @GET
    @Path("messages/{seq}/edits")
    @RolesAllowed(Scopes.CHAT_READ)
    @Operation(
            operationId = "listMessageEdits",
            summary = "What a message of the caller's own, or for an owner or moderator any, said before, oldest first",
            description = "'next' is the version from which the next page goes on.")
    public Uni<Page<EditView>> edits(
            @RestPath UUID channelId,
            @RestPath @Min(1) long seq,
            @RestQuery @DefaultValue("0") @Min(0) int from,
            @RestQuery @DefaultValue("50") @Min(1) @Max(50) int limit) {
        return service.edits(channelId, seq, caller.userId(), from, limit);
    }

    @GET
    @Path("messages/{seq}/replies")
    @RolesAllowed(Scopes.CHAT_READ)
    @Operation(
            operationId = "listReplies",
            summary = "The replies to a message, oldest first",
            description = "'next' is the sequence after which the next page goes on.")
    public Uni<Page<MessageView>> replies(
            @RestPath UUID channelId,
            @RestPath @Min(1) long seq,
            @RestQuery @DefaultValue("0") @Min(0) long after,
            @RestQuery @DefaultValue("50") @Min(1) @Max(50) int limit) {
        return service.replies(channelId, seq, caller.userId(), after, limit);
    }

    @PUT
    @Path("messages/{seq}/reactions/{emoji}")
    @RolesAllowed(Scopes.CHAT_WRITE)
    @ChatWrite
    @Operation(operationId = "react", summary = "Adds the caller's reaction; doing so again changes nothing")
    @APIResponse(
            responseCode = "200",
            description = "The message with its reactions",
            content = @Content(mediaType = "application/json", schema = @Schema(implementation = MessageView.class)))
    public Uni<RestResponse<MessageView>> react(
            @RestPath UUID channelId, @RestPath @Min(1) long seq, @RestPath @PlainText(max = 32) String emoji) {
        return service.react(channelId, seq, caller.userId(), emoji, true).map(MessageChangeResource::changed);
    }

    @DELETE
    @Path("messages/{seq}/reactions/{emoji}")
    @RolesAllowed(Scopes.CHAT_WRITE)
    @ChatWrite
    @Operation(operationId = "unreact", summary = "Takes the caller's reaction back")
    @APIResponse(
            responseCode = "200",
            description = "The message with its reactions",
            content = @Content(mediaType = "application/json", schema = @Schema(implementation = MessageView.class)))
    public Uni<RestResponse<MessageView>> unreact(
            @RestPath UUID channelId, @RestPath @Min(1) long seq, @RestPath @PlainText(max = 32) String emoji) {
        return service.react(channelId, seq, caller.userId(), emoji, false).map(MessageChangeResource::changed);
    }

    @PUT
    @Path("messages/{seq}/pin")
    @RolesAllowed(Scopes.CHAT_WRITE)
    @Operation(operationId = "pinMessage", summary = "As an owner, moderator, or one of two, pins a message")
    @APIResponse(
            responseCode = "200",
            description = "The message",
            content = @Content(mediaType = "application/json", schema = @Schema(implementation = MessageView.class)))
    public Uni<RestResponse<MessageView>> pin(@RestPath UUID channelId, @RestPath @Min(1) long seq) {
        return service.pin(channelId, seq, caller.userId(), true).map(MessageChangeResource::changed);
    }

    @DELETE
    @Path("messages/{seq}/pin")
    @RolesAllowed(Scopes.CHAT_WRITE)
    @Operation(
            operationId = "unpinMessage",
            summary = "As an owner, moderator, or one of two, takes a pinned message off")
    @APIResponse(
            responseCode = "200",
            description = "The message",
            content = @Content(mediaType = "application/json", schema = @Schema(implementation = MessageView.class)))
    public Uni<RestResponse<MessageView>> unpin(@RestPath UUID channelId, @RestPath @Min(1) long seq) {
        return service.pin(channelId, seq, caller.userId(), false).map(MessageChangeResource::changed);
    }

    private static RestResponse<MessageView> changed(MessageView message) {
        return Invalidates.keys(RestResponse.ok(message), List.of(ChatTags.messages(message.channelId())));
    }

    @GET
    @Path("pins")
    @RolesAllowed(Scopes.CHAT_READ)
    @Operation(operationId = "listPins", summary = "The pinned messages of a channel, latest pinned first")
    public Uni<Page<MessageView>> pins(@RestPath UUID channelId) {
        return service.pins(channelId, caller.userId());
    }

    @GET
    @Path("sync")
    @RolesAllowed(Scopes.CHAT_READ)
    @Operation(
            operationId = "syncChannel",
            summary = "What happened to the messages of a channel after a change, oldest first",
            description =
                    "Go on with 'next', at once where there is 'more'. Each change holds its message as it is now:"
                            + " whoever stores these by their sequence ends with what the server has.")
    public Uni<SyncView> sync(
            @RestPath UUID channelId,
            @RestQuery @DefaultValue("0") @Min(0) long after,
            @RestQuery @DefaultValue("100") @Min(1) @Max(100) int limit) {
        return service.sync(channelId, caller.userId(), after, limit);
    }
}
