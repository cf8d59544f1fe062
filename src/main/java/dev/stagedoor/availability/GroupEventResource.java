package dev.stagedoor.availability;

import dev.stagedoor.account.api.Scopes;
import dev.stagedoor.availability.SeenEvent.Question;
import dev.stagedoor.cache.Cached;
import dev.stagedoor.platform.http.Created;
import dev.stagedoor.platform.http.Idempotency.Outcome;
import dev.stagedoor.platform.http.IdempotencyKeys;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerRequest;
import jakarta.annotation.security.PermitAll;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestHeader;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.server.Cancellable;

/** Group events: nobody needs an account, who has the link takes part. */
@Cancellable(false)
@Path("/api/v1/events")
@Tag(name = "Availability")
@PermitAll
class GroupEventResource {

    private final GroupEventService service;
    private final Viewers viewers;
    private final Limits limits;

    GroupEventResource(GroupEventService service, Viewers viewers, Limits limits) {
        this.service = service;
        this.viewers = viewers;
        this.limits = limits;
    }

    @POST
    @Operation(
            operationId = "createEvent",
            summary = "Makes a group event; the organizer's key is in this answer alone")
    @APIResponse(
            responseCode = "201",
            description = "The new event",
            content =
                    @Content(mediaType = "application/json", schema = @Schema(implementation = CreatedEventView.class)))
    public Uni<RestResponse<CreatedEventView>> create(
            @RestHeader("Idempotency-Key") String idempotencyKey,
            @NotNull @Valid EventSettingsRequest request,
            HttpServerRequest http) {
        return viewers.viewer(null, null, Scopes.EVENTS_WRITE)
                .call(maker -> limitOthers(maker, http))
                .chain(maker -> service.create(
                        maker.userId(),
                        request,
                        IdempotencyKeys.of(Viewers.caller(maker, http), "create-event", idempotencyKey)))
                .map(GroupEventResource::created);
    }

    private Uni<Void> limitOthers(Viewer maker, HttpServerRequest http) {
        return maker.userId() == null
                ? limits.create(Viewers.address(http))
                : Uni.createFrom().voidItem();
    }

    private static RestResponse<CreatedEventView> created(Outcome<CreatedEventView> outcome) {
        return Viewers.notStored(
                Created.at("/api/v1/events/" + outcome.value().token(), outcome.value(), outcome.replayed()));
    }

    @POST
    @Path("{token}/duplicate")
    @Operation(
            operationId = "duplicateEvent",
            summary = "As the organizer, makes an event that asks the same, by another link, of nobody yet")
    @APIResponse(
            responseCode = "201",
            description = "The new event",
            content =
                    @Content(mediaType = "application/json", schema = @Schema(implementation = CreatedEventView.class)))
    public Uni<RestResponse<CreatedEventView>> duplicate(
            @RestPath String token,
            @RestHeader(Viewers.ORGANIZER_KEY) String organizerKey,
            @RestHeader("Idempotency-Key") String idempotencyKey,
            HttpServerRequest http) {
        return viewers.viewer(null, organizerKey, Scopes.EVENTS_WRITE)
                .call(maker -> limitOthers(maker, http))
                .chain(maker -> service.duplicate(
                        token,
                        maker,
                        IdempotencyKeys.of(
                                Viewers.caller(maker, http), "duplicate-event:" + Keys.hash(token), idempotencyKey)))
                .plug(limits.missesOf(Viewers.address(http)))
                .map(GroupEventResource::created);
    }

    @GET
    @Path("{token}")
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(operationId = "getEvent", summary = "An event, who takes part, how many can when, and the best times")
    public Uni<RestResponse<GroupEventView>> get(
            @RestPath String token, @Valid @BeanParam EventParameters asked, HttpServerRequest http) {
        Question question = asked.question();
        return viewers.viewer(asked.sessionKey, asked.organizerKey, Scopes.EVENTS_READ)
                .chain(viewer -> service.get(token, viewer, question))
                .plug(limits.missesOf(Viewers.address(http)))
                .map(Cached::toResponse);
    }
}
