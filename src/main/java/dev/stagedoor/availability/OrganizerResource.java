package dev.stagedoor.availability;

import dev.stagedoor.account.api.Scopes;
import dev.stagedoor.creator.api.AgreedSessions.AgreedSession;
import dev.stagedoor.platform.http.Created;
import dev.stagedoor.platform.http.EntityTags;
import dev.stagedoor.platform.http.IdempotencyKeys;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerRequest;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestHeader;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.server.Cancellable;

/** What a group event asks, and when it will be. */
@Cancellable(false)
@Path("/api/v1/events/{token}")
@Tag(name = "Availability")
@PermitAll
class OrganizerResource {

    private final OrganizerService service;
    private final EventSessionService sessions;
    private final Viewers viewers;
    private final Limits limits;
    private final EntityTags entityTags;

    OrganizerResource(
            OrganizerService service,
            EventSessionService sessions,
            Viewers viewers,
            Limits limits,
            EntityTags entityTags) {
        this.service = service;
        this.sessions = sessions;
        this.viewers = viewers;
        this.limits = limits;
        this.entityTags = entityTags;
    }

    @GET
    @Path("settings")
    @Operation(
            operationId = "getEventSettings",
            summary = "As the organizer, what an event asks; with the entity tag that changing it needs")
    public Uni<EventSettingsView> settings(
            @RestPath String token, @RestHeader(Viewers.ORGANIZER_KEY) String organizerKey, HttpServerRequest http) {
        return viewers.viewer(null, organizerKey, Scopes.EVENTS_READ)
                .chain(viewer -> service.settings(token, viewer))
                .plug(limits.missesOf(Viewers.address(http)));
    }

    @PUT
    @Path("settings")
    @Operation(
            operationId = "changeEventSettings",
            summary = "As the organizer, has an event ask something else",
            description = "Answers stay as far as they fit: who can in all the time of a new slot can in that slot.")
    public Uni<RestResponse<EventSettingsView>> change(
            @RestPath String token,
            @RestHeader(Viewers.ORGANIZER_KEY) String organizerKey,
            @RestHeader("If-Match") String ifMatch,
            @NotNull @Valid EventSettingsRequest request,
            HttpServerRequest http) {
        return viewers.viewer(null, organizerKey, Scopes.EVENTS_WRITE)
                .chain(viewer -> service.update(token, viewer, ifMatch, request))
                .plug(limits.missesOf(Viewers.address(http)))
                .map(entityTags::tagged);
    }

    @POST
    @Path("finalize")
    @Operation(
            operationId = "finalizeEvent",
            summary = "Says when an event will be; nobody answers any more",
            description = "As the organizer, or where the event allows it, as anyone who takes part.")
    @APIResponse(responseCode = "204", description = "It will be then")
    public Uni<Void> finalizeEvent(
            @RestPath String token,
            @RestHeader(Viewers.SESSION_KEY) String sessionKey,
            @RestHeader(Viewers.ORGANIZER_KEY) String organizerKey,
            @NotNull @Valid FinalizeRequest request,
            HttpServerRequest http) {
        return viewers.viewer(sessionKey, organizerKey, Scopes.EVENTS_WRITE)
                .chain(viewer -> service.finalizeAt(token, viewer, request))
                .plug(limits.missesOf(Viewers.address(http)));
    }

    @POST
    @Path("reopen")
    @Operation(operationId = "reopenEvent", summary = "As who may finalize an event, asks again when it will be")
    @APIResponse(responseCode = "204", description = "People answer again")
    public Uni<Void> reopen(
            @RestPath String token,
            @RestHeader(Viewers.SESSION_KEY) String sessionKey,
            @RestHeader(Viewers.ORGANIZER_KEY) String organizerKey,
            HttpServerRequest http) {
        return viewers.viewer(sessionKey, organizerKey, Scopes.EVENTS_WRITE)
                .chain(viewer -> service.reopen(token, viewer))
                .plug(limits.missesOf(Viewers.address(http)));
    }

    @POST
    @Path("session")
    @RolesAllowed(Scopes.SESSIONS_WRITE)
    @Operation(
            operationId = "bookEventSession",
            summary = "As a user who takes part, books what a creator has decided as a session with them",
            description = "It begins with the event, and lasts and costs what sessions with this creator do.")
    @APIResponse(
            responseCode = "201",
            description = "The session, on hold until it is confirmed",
            content = @Content(mediaType = "application/json", schema = @Schema(implementation = AgreedSession.class)))
    public Uni<RestResponse<AgreedSession>> book(
            @RestPath String token, @RestHeader("Idempotency-Key") String idempotencyKey, HttpServerRequest http) {
        return viewers.viewer(null, null, Scopes.SESSIONS_WRITE)
                .chain(viewer -> sessions.book(
                        token,
                        viewer,
                        IdempotencyKeys.required(
                                Viewers.caller(viewer, http), "book-event:" + Keys.hash(token), idempotencyKey)))
                .plug(limits.missesOf(Viewers.address(http)))
                .map(outcome ->
                        Created.at("/api/v1/sessions/" + outcome.value().id(), outcome.value(), outcome.replayed()));
    }
}
