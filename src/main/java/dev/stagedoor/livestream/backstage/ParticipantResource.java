package dev.stagedoor.livestream.backstage;

import dev.stagedoor.account.api.Caller;
import dev.stagedoor.account.api.Scopes;
import dev.stagedoor.cache.Cached;
import dev.stagedoor.livestream.Actor;
import dev.stagedoor.livestream.QueryKeys;
import dev.stagedoor.livestream.backstage.ParticipantService.Placed;
import dev.stagedoor.platform.http.Created;
import dev.stagedoor.platform.http.EntityTags;
import dev.stagedoor.platform.http.Invalidates;
import dev.stagedoor.platform.http.Page;
import dev.stagedoor.platform.http.Preconditions;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestHeader;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.server.Cancellable;

/** Who takes part in a stream; known to those who do. */
@Cancellable(false)
@Path("/api/v1/streams/{streamId}/participants")
@Tag(name = "Backstage")
class ParticipantResource {

    private final ParticipantService service;
    private final EntityTags entityTags;
    private final Caller caller;

    ParticipantResource(ParticipantService service, EntityTags entityTags, Caller caller) {
        this.service = service;
        this.entityTags = entityTags;
        this.caller = caller;
    }

    @GET
    @Produces(MediaType.APPLICATION_JSON)
    @RolesAllowed(Scopes.STREAMS_READ)
    @Operation(
            operationId = "listParticipants",
            summary = "Who takes part in a stream, or did, in the order in which they were invited",
            description = "One page holds all: a stream has at most 100.")
    public Uni<RestResponse<Page<ParticipantView>>> list(@RestPath UUID streamId) {
        return service.list(streamId, Actor.of(caller)).map(Cached::toDirectResponse);
    }

    @GET
    @Produces(MediaType.APPLICATION_JSON)
    @Path("{userId}")
    @RolesAllowed(Scopes.STREAMS_READ)
    @Operation(operationId = "getParticipant", summary = "Someone who takes part in a stream")
    public Uni<RestResponse<ParticipantView>> get(@RestPath UUID streamId, @RestPath UUID userId) {
        return service.get(streamId, userId, Actor.of(caller)).map(Cached::toDirectResponse);
    }

    @PUT
    @Path("{userId}")
    @RolesAllowed(Scopes.STREAMS_WRITE)
    @Operation(
            operationId = "putParticipant",
            summary = "As a host or moderator, invites someone, or replaces what they take part as",
            description = "Whom there is already is replaced only with If-Match.")
    @APIResponse(
            responseCode = "201",
            description = "The new participant",
            content =
                    @Content(mediaType = "application/json", schema = @Schema(implementation = ParticipantView.class)))
    @APIResponse(
            responseCode = "200",
            description = "The participant as replaced",
            content =
                    @Content(mediaType = "application/json", schema = @Schema(implementation = ParticipantView.class)))
    public Uni<RestResponse<ParticipantView>> put(
            @RestPath UUID streamId,
            @RestPath UUID userId,
            @RestHeader("If-Match") String ifMatch,
            @RestHeader("If-None-Match") String ifNoneMatch,
            @NotNull @Valid PutParticipantRequest request) {
        return service.put(streamId, userId, Actor.of(caller), new Preconditions(ifMatch, ifNoneMatch), request)
                .map(placed -> changed(streamId, answer(streamId, userId, placed)));
    }

    private static RestResponse<ParticipantView> answer(UUID streamId, UUID userId, Placed placed) {
        return placed.isNew()
                ? Created.at("/api/v1/streams/" + streamId + "/participants/" + userId, placed.view(), false)
                : RestResponse.ok(placed.view());
    }

    @PATCH
    @Path("{userId}")
    @RolesAllowed(Scopes.STREAMS_WRITE)
    @Operation(
            operationId = "updateParticipant",
            summary = "Moves or mutes someone, or changes their role",
            description =
                    "Hosts and moderators manage others: from waiting to backstage to on_air, and back; only hosts"
                            + " manage hosts. Who was invited accepts, which is waiting. Everyone may leave and mute themselves.")
    public Uni<RestResponse<ParticipantView>> update(
            @RestPath UUID streamId,
            @RestPath UUID userId,
            @RestHeader("If-Match") String ifMatch,
            @NotNull @Valid UpdateParticipantRequest request) {
        return service.update(streamId, userId, Actor.of(caller), ifMatch, request)
                .map(view -> changed(streamId, RestResponse.ok(view)));
    }

    @DELETE
    @Path("{userId}")
    @RolesAllowed(Scopes.STREAMS_WRITE)
    @Operation(operationId = "deleteParticipant", summary = "As a host or moderator, removes someone")
    @APIResponse(responseCode = "204", description = "No longer a participant")
    public Uni<RestResponse<Void>> delete(
            @RestPath UUID streamId, @RestPath UUID userId, @RestHeader("If-Match") String ifMatch) {
        return service.remove(streamId, userId, Actor.of(caller), ifMatch)
                .map(done -> invalidating(streamId, RestResponse.noContent()));
    }

    private RestResponse<ParticipantView> changed(UUID streamId, RestResponse<ParticipantView> answer) {
        RestResponse<ParticipantView> tagged = RestResponse.ResponseBuilder.fromResponse(answer)
                .header("ETag", entityTags.of(answer.getEntity()))
                .build();
        return invalidating(streamId, tagged);
    }

    private static <T> RestResponse<T> invalidating(UUID streamId, RestResponse<T> answer) {
        return Invalidates.keys(answer, QueryKeys.ofParticipants(streamId));
    }
}
