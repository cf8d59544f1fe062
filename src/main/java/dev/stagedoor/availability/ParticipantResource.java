package dev.stagedoor.availability;

import dev.stagedoor.account.api.Scopes;
import dev.stagedoor.platform.http.Created;
import dev.stagedoor.platform.http.EntityTags;
import dev.stagedoor.platform.http.Idempotency.Outcome;
import dev.stagedoor.platform.http.IdempotencyKeys;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerRequest;
import jakarta.annotation.security.PermitAll;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
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

/** Who takes part in a group event, and what each of them says. */
@Cancellable(false)
@Path("/api/v1/events/{token}/participants")
@Tag(name = "Availability")
@PermitAll
class ParticipantResource {

    private final ParticipantService service;
    private final Viewers viewers;
    private final Limits limits;
    private final EntityTags entityTags;

    ParticipantResource(ParticipantService service, Viewers viewers, Limits limits, EntityTags entityTags) {
        this.service = service;
        this.viewers = viewers;
        this.limits = limits;
        this.entityTags = entityTags;
    }

    @POST
    @Operation(operationId = "joinEvent", summary = "Takes part; the session key is in this answer alone")
    @APIResponse(
            responseCode = "201",
            description = "Who takes part now",
            content =
                    @Content(mediaType = "application/json", schema = @Schema(implementation = JoinedEventView.class)))
    public Uni<RestResponse<JoinedEventView>> join(
            @RestPath String token,
            @RestHeader("Idempotency-Key") String idempotencyKey,
            @NotNull @Valid JoinEventRequest request,
            HttpServerRequest http) {
        return viewers.viewer(null, null, Scopes.EVENTS_WRITE)
                .chain(viewer -> service.join(
                        token,
                        viewer.userId(),
                        request,
                        IdempotencyKeys.of(
                                Viewers.caller(viewer, http), "join-event:" + Keys.hash(token), idempotencyKey)))
                .plug(limits.missesOf(Viewers.address(http)))
                .map(outcome -> joined(token, outcome));
    }

    private static RestResponse<JoinedEventView> joined(String token, Outcome<JoinedEventView> outcome) {
        String path =
                "/api/v1/events/" + token + "/participants/" + outcome.value().id();
        return Viewers.notStored(Created.at(path, outcome.value(), outcome.replayed()));
    }

    @GET
    @Path("{participantId}")
    @Operation(
            operationId = "getEventAnswer",
            summary =
                    "What someone said, for themselves and the organizer; with the entity tag that replacing it needs")
    public Uni<AnswerView> getAnswer(
            @RestPath String token,
            @RestPath UUID participantId,
            @RestHeader(Viewers.SESSION_KEY) String sessionKey,
            @RestHeader(Viewers.ORGANIZER_KEY) String organizerKey,
            HttpServerRequest http) {
        return viewers.viewer(sessionKey, organizerKey, Scopes.EVENTS_READ)
                .chain(viewer -> service.get(token, participantId, viewer))
                .plug(limits.missesOf(Viewers.address(http)));
    }

    @PUT
    @Path("{participantId}")
    @Operation(
            operationId = "answerEvent",
            summary = "Says when someone can, in place of what they said before",
            description =
                    "By the session key, or as the user who takes part. If-Match has the entity tag of the last answer;"
                            + " the first one needs none, as long as the event asks what it always asked.")
    public Uni<RestResponse<AnswerView>> answer(
            @RestPath String token,
            @RestPath UUID participantId,
            @RestHeader(Viewers.SESSION_KEY) String sessionKey,
            @RestHeader("If-Match") String ifMatch,
            @NotNull @Valid AnswerRequest request,
            HttpServerRequest http) {
        return viewers.viewer(sessionKey, null, Scopes.EVENTS_WRITE)
                .chain(viewer -> service.answer(token, participantId, viewer, ifMatch, request))
                .plug(limits.missesOf(Viewers.address(http)))
                .map(entityTags::tagged);
    }

    @DELETE
    @Path("{participantId}")
    @Operation(operationId = "leaveEvent", summary = "Takes someone out, by their session key or the organizer's key")
    @APIResponse(responseCode = "204", description = "Takes part no more")
    public Uni<Void> leave(
            @RestPath String token,
            @RestPath UUID participantId,
            @RestHeader(Viewers.SESSION_KEY) String sessionKey,
            @RestHeader(Viewers.ORGANIZER_KEY) String organizerKey,
            HttpServerRequest http) {
        return viewers.viewer(sessionKey, organizerKey, Scopes.EVENTS_WRITE)
                .chain(viewer -> service.leave(token, participantId, viewer))
                .plug(limits.missesOf(Viewers.address(http)));
    }
}
