package dev.stagedoor.chat.stream;

import dev.stagedoor.account.api.Caller;
import dev.stagedoor.account.api.Scopes;
import dev.stagedoor.chat.ChannelView;
import dev.stagedoor.chat.ChatTags;
import dev.stagedoor.chat.ChatWrite;
import dev.stagedoor.platform.http.Invalidates;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.server.Cancellable;

/** The chat of a stream. */
@Cancellable(false)
@Path("/api/v1/streams/{streamId}/chat")
@Tag(name = "Channels")
class StreamChatResource {

    private final StreamChatService service;
    private final Caller caller;

    StreamChatResource(StreamChatService service, Caller caller) {
        this.service = service;
        this.caller = caller;
    }

    @PUT
    @RolesAllowed(Scopes.CHAT_WRITE)
    @ChatWrite
    @Operation(
            operationId = "enterStreamChat",
            summary = "Enters the chat of a stream, which is a channel from then on; doing so again changes nothing")
    @APIResponse(
            responseCode = "200",
            description = "The channel, as the caller sees it",
            content = @Content(mediaType = "application/json", schema = @Schema(implementation = ChannelView.class)))
    public Uni<RestResponse<ChannelView>> enter(@RestPath UUID streamId) {
        UUID userId = caller.userId();
        return service.enter(streamId, userId)
                .map(channel -> Invalidates.keys(RestResponse.ok(channel), ChatTags.ofMember(channel.id(), userId)));
    }
}
