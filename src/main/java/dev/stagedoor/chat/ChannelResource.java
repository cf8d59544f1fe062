package dev.stagedoor.chat;

import dev.stagedoor.account.api.Caller;
import dev.stagedoor.account.api.Scopes;
import dev.stagedoor.cache.Cached;
import dev.stagedoor.platform.http.ApiException;
import dev.stagedoor.platform.http.Created;
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
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestHeader;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.server.Cancellable;

/** Channels. */
@Cancellable(false)
@Path("/api/v1/channels")
@Tag(name = "Channels")
class ChannelResource {

    private final ChannelService service;
    private final Caller caller;

    ChannelResource(ChannelService service, Caller caller) {
        this.service = service;
        this.caller = caller;
    }

    @GET
    @Produces(MediaType.APPLICATION_JSON)
    @RolesAllowed(Scopes.CHAT_READ)
    @Operation(
            operationId = "listChannels",
            summary = "The caller's channels, pinned ones first, or the public ones; most recently active first")
    public Uni<RestResponse<Page<ChannelView>>> list(
            @Parameter(schema = @Schema(type = SchemaType.STRING, enumeration = "public")) @RestQuery String visibility,
            @RestQuery @DefaultValue("50") @Min(1) @Max(100) int limit,
            @RestQuery String cursor) {
        if (visibility == null) {
            return service.listMine(caller.userId(), cursor, limit).map(Cached::toDirectResponse);
        }
        if (!visibility.equals("public")) {
            throw ApiException.invalid("visibility", "must be 'public' or absent");
        }
        return service.listPublic(caller.userId(), cursor, limit).map(RestResponse::ok);
    }

    @GET
    @Path("{id}")
    @RolesAllowed(Scopes.CHAT_READ)
    @Operation(operationId = "getChannel", summary = "A channel that the caller is in or may join")
    public Uni<ChannelView> get(@RestPath UUID id) {
        return service.get(id, caller.userId());
    }

    @POST
    @RolesAllowed(Scopes.CHAT_WRITE)
    @Operation(operationId = "createChannel", summary = "Creates a channel that the caller owns")
    @APIResponse(
            responseCode = "201",
            description = "The new channel",
            content = @Content(mediaType = "application/json", schema = @Schema(implementation = ChannelView.class)))
    public Uni<RestResponse<ChannelView>> create(
            @RestHeader("Idempotency-Key") String idempotencyKey, @NotNull @Valid CreateChannelRequest request) {
        UUID userId = caller.userId();
        return service.create(userId, request, IdempotencyKeys.of(userId.toString(), "create-channel", idempotencyKey))
                .map(outcome -> Invalidates.keys(
                        Created.at("/api/v1/channels/" + outcome.value().id(), outcome.value(), outcome.replayed()),
                        List.of(ChatTags.channelsOf(userId))));
    }
}
