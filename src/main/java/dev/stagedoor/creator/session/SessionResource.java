package dev.stagedoor.creator.session;

import dev.stagedoor.account.api.Caller;
import dev.stagedoor.account.api.Scopes;
import dev.stagedoor.platform.http.Created;
import dev.stagedoor.platform.http.Idempotency;
import dev.stagedoor.platform.http.Idempotency.Outcome;
import dev.stagedoor.platform.http.IdempotencyKeys;
import dev.stagedoor.platform.http.Idempotent;
import dev.stagedoor.platform.http.Invalidates;
import dev.stagedoor.platform.http.Page;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.util.UUID;
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

/** Booked time with creators. */
@Cancellable(false)
@Path("/api/v1/sessions")
@Tag(name = "Sessions")
class SessionResource {

    private static final String KEY = "Idempotency-Key";

    private final SessionService service;
    private final Caller caller;

    SessionResource(SessionService service, Caller caller) {
        this.service = service;
        this.caller = caller;
    }

    @GET
    @RolesAllowed(Scopes.SESSIONS_READ)
    @Operation(operationId = "listSessions", summary = "Sessions that the caller has booked or gives, newest first")
    public Uni<Page<SessionView>> list(
            @RestQuery
                    @Pattern(
                            regexp = "hold|confirmed|in_progress|completed|cancelled|expired|no_show",
                            message = "must be a status of sessions")
                    String status,
            @RestQuery @DefaultValue("50") @Min(1) @Max(100) int limit,
            @RestQuery String cursor) {
        return service.list(caller.userId(), status, cursor, limit);
    }

    @GET
    @Path("{id}")
    @RolesAllowed(Scopes.SESSIONS_READ)
    @Operation(operationId = "getSession", summary = "A session that the caller has booked or gives")
    public Uni<SessionView> get(@RestPath UUID id) {
        return service.get(id, caller.userId());
    }

    @POST
    @RolesAllowed(Scopes.SESSIONS_WRITE)
    @Operation(
            operationId = "bookSession",
            summary = "Books time of a creator and holds what it costs",
            description = "It is kept for some minutes, until it is confirmed.")
    @APIResponse(
            responseCode = "201",
            description = "The session, on hold",
            content = @Content(mediaType = "application/json", schema = @Schema(implementation = SessionView.class)))
    public Uni<RestResponse<SessionView>> book(
            @RestHeader(KEY) String idempotencyKey, @NotNull @Valid BookSessionRequest request) {
        UUID userId = caller.userId();
        return service.book(
                        userId, request, IdempotencyKeys.required(userId.toString(), "book-session", idempotencyKey))
                .map(outcome -> invalidating(
                        Created.at("/api/v1/sessions/" + outcome.value().id(), outcome.value(), outcome.replayed())));
    }

    @POST
    @Path("{id}/confirm")
    @RolesAllowed(Scopes.SESSIONS_WRITE)
    @Operation(operationId = "confirmSession", summary = "As who has booked a session, confirms it")
    public Uni<RestResponse<SessionView>> confirm(@RestPath UUID id, @RestHeader(KEY) String idempotencyKey) {
        return service.confirm(id, caller.userId(), key("confirm", id, idempotencyKey))
                .map(SessionResource::changed);
    }

    @POST
    @Path("{id}/cancel")
    @RolesAllowed(Scopes.SESSIONS_WRITE)
    @Operation(
            operationId = "cancelSession",
            summary = "Cancels a session",
            description =
                    "A creator gives everything back. Who has booked it gets everything back until refundableUntil,"
                            + " a part until its beginning, and nothing later.")
    public Uni<RestResponse<SessionView>> cancel(@RestPath UUID id, @RestHeader(KEY) String idempotencyKey) {
        return service.cancel(id, caller.userId(), key("cancel", id, idempotencyKey))
                .map(SessionResource::changed);
    }

    @POST
    @Path("{id}/reschedule")
    @RolesAllowed(Scopes.SESSIONS_WRITE)
    @Operation(
            operationId = "rescheduleSession",
            summary = "As who has booked a session, moves it to another time; where that is not free, it stays")
    public Uni<RestResponse<SessionView>> reschedule(
            @RestPath UUID id, @RestHeader(KEY) String idempotencyKey, @NotNull @Valid RescheduleRequest request) {
        return service.reschedule(id, caller.userId(), request, key("reschedule", id, idempotencyKey))
                .map(SessionResource::changed);
    }

    @POST
    @Path("{id}/start")
    @RolesAllowed(Scopes.SESSIONS_WRITE)
    @Operation(operationId = "startSession", summary = "Begins a confirmed session; both may agree to do so early")
    public Uni<RestResponse<SessionView>> start(@RestPath UUID id, @RestHeader(KEY) String idempotencyKey) {
        return service.start(id, caller.userId(), key("start", id, idempotencyKey))
                .map(SessionResource::changed);
    }

    @POST
    @Path("{id}/complete")
    @RolesAllowed(Scopes.SESSIONS_WRITE)
    @Operation(operationId = "completeSession", summary = "Ends a session that is in progress, and pays the creator")
    public Uni<RestResponse<SessionView>> complete(@RestPath UUID id, @RestHeader(KEY) String idempotencyKey) {
        return service.complete(id, caller.userId(), key("complete", id, idempotencyKey))
                .map(SessionResource::changed);
    }

    @POST
    @Path("{id}/no-show")
    @RolesAllowed(Scopes.SESSIONS_WRITE)
    @Operation(
            operationId = "reportNoShow",
            summary = "After the beginning of a session, says that the other did not come",
            description = "Who has booked it pays, if it was them; else they get everything back.")
    public Uni<RestResponse<SessionView>> noShow(@RestPath UUID id, @RestHeader(KEY) String idempotencyKey) {
        return service.noShow(id, caller.userId(), key("no-show", id, idempotencyKey))
                .map(SessionResource::changed);
    }

    /** Steps are done once by their nature; with a key, a repeated one is answered as the first was. */
    private Idempotency.Key key(String step, UUID id, String header) {
        return IdempotencyKeys.of(caller.userId().toString(), step + "-session:" + id, header);
    }

    private static RestResponse<SessionView> changed(Outcome<SessionView> outcome) {
        return invalidating(Idempotent.ok(outcome));
    }

    private static RestResponse<SessionView> invalidating(RestResponse<SessionView> answer) {
        return Invalidates.keys(answer, SessionTopics.keys(answer.getEntity()));
    }
}
