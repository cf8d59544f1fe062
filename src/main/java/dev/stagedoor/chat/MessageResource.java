package dev.stagedoor.chat;

import dev.stagedoor.account.api.Caller;
import dev.stagedoor.account.api.Scopes;
import dev.stagedoor.cache.Cached;
import dev.stagedoor.platform.http.ApiException;
import dev.stagedoor.platform.http.IdempotencyKeys;
import dev.stagedoor.platform.http.Invalidates;
import dev.stagedoor.platform.http.Page;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestHeader;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.server.Cancellable;

/** The messages of a channel. */
@Cancellable(false)
@Path("/api/v1/channels/{channelId}/messages")
@Tag(name = "Messages")
class MessageResource {

    private final MessageService service;
    private final Caller caller;

    MessageResource(MessageService service, Caller caller) {
        this.service = service;
        this.caller = caller;
    }

    @GET
    @Produces(MediaType.APPLICATION_JSON)
    @RolesAllowed(Scopes.CHAT_READ)
    @Operation(
            operationId = "listMessages",
            summary = "A page of messages, oldest first: the newest, or those before, after or around a sequence",
            description = "'next' is the sequence at which the next page in the same direction goes on: older ones for"
                    + " 'before' and for the newest page, newer ones for 'after'.")
    public Uni<RestResponse<Page<MessageView>>> list(
            @RestPath UUID channelId,
            @RestQuery @DefaultValue("50") @Min(1) @Max(50) int limit,
            @RestQuery @Min(1) Long before,
            @RestQuery @Min(0) Long after,
            @RestQuery @Min(1) Long around) {
        if (Stream.of(before, after, around).filter(Objects::nonNull).count() > 1) {
            throw ApiException.invalid("before", "excludes 'after' and 'around'");
        }
        UUID userId = caller.userId();
        if (after != null) {
            return service.after(channelId, userId, after, limit).map(Cached::toResponse);
        }
        if (around != null) {
            return service.around(channelId, userId, around, limit).map(Cached::toResponse);
        }
        return service.before(channelId, userId, before == null ? Long.MAX_VALUE : before, limit)
                .map(Cached::toResponse);
    }

    @POST
    @RolesAllowed(Scopes.CHAT_WRITE)
    @ChatWrite
    @Operation(operationId = "sendMessage", summary = "Sends a message")
    @APIResponse(
            responseCode = "201",
            description = "The new message",
            content = @Content(mediaType = "application/json", schema = @Schema(implementation = MessageView.class)))
    @APIResponse(
            responseCode = "200",
            description = "The message that was sent under this id before",
            content = @Content(mediaType = "application/json", schema = @Schema(implementation = MessageView.class)))
    public Uni<RestResponse<MessageView>> send(
            @RestPath UUID channelId,
            @RestHeader("Idempotency-Key") String idempotencyKey,
            @NotNull @Valid SendMessageRequest request) {
        UUID userId = caller.userId();
        String key = IdempotencyKeys.of(userId.toString(), "send-message", idempotencyKey)
                .key();
        boolean keyed = request.clientId() == null && key != null;
        // A message has one identity of its sender's making: the header is another way to state it.
        SendMessageRequest identified = keyed ? request.withClientId(key) : request;
        return service.send(channelId, userId, identified, keyed)
                .map(sent -> Invalidates.keys(answer(sent, keyed), List.of(ChatTags.messages(channelId))));
    }

    private static RestResponse<MessageView> answer(MessageService.Sent sent, boolean keyed) {
        RestResponse.ResponseBuilder<MessageView> response = RestResponse.ResponseBuilder.create(
                sent.isNew() || keyed ? RestResponse.Status.CREATED : RestResponse.Status.OK, sent.view());
        return sent.isNew()
                ? response.build()
                : response.header("Idempotency-Replayed", "true").build();
    }
}
