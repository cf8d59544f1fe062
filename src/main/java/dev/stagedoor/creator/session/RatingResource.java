package dev.stagedoor.creator.session;

import dev.stagedoor.account.api.Caller;
import dev.stagedoor.account.api.Scopes;
import dev.stagedoor.creator.CreatorTags;
import dev.stagedoor.creator.session.RatingService.Rated;
import dev.stagedoor.platform.http.Created;
import dev.stagedoor.platform.http.EntityTags;
import dev.stagedoor.platform.http.Invalidates;
import dev.stagedoor.platform.http.Preconditions;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.GET;
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

/** The rating of a session. */
@Cancellable(false)
@Path("/api/v1/sessions/{id}/rating")
@Tag(name = "Ratings")
class RatingResource {

    private final RatingService service;
    private final EntityTags entityTags;
    private final Caller caller;

    RatingResource(RatingService service, EntityTags entityTags, Caller caller) {
        this.service = service;
        this.entityTags = entityTags;
        this.caller = caller;
    }

    @GET
    @RolesAllowed(Scopes.SESSIONS_READ)
    @Operation(operationId = "getRating", summary = "What was thought of a session that the caller has booked or gave")
    public Uni<RatingView> get(@RestPath UUID id) {
        return service.get(id, caller.userId());
    }

    @PUT
    @RolesAllowed(Scopes.SESSIONS_WRITE)
    @Operation(
            operationId = "rateSession",
            summary = "As who has booked it, rates a completed session",
            description = "A rating that is there already is replaced only with If-Match.")
    @APIResponse(
            responseCode = "201",
            description = "The new rating",
            content = @Content(mediaType = "application/json", schema = @Schema(implementation = RatingView.class)))
    @APIResponse(
            responseCode = "200",
            description = "The rating as replaced",
            content = @Content(mediaType = "application/json", schema = @Schema(implementation = RatingView.class)))
    public Uni<RestResponse<RatingView>> rate(
            @RestPath UUID id,
            @RestHeader("If-Match") String ifMatch,
            @RestHeader("If-None-Match") String ifNoneMatch,
            @NotNull @Valid RateSessionRequest request) {
        return service.rate(id, caller.userId(), new Preconditions(ifMatch, ifNoneMatch), request)
                .map(this::answer);
    }

    private RestResponse<RatingView> answer(Rated rated) {
        RatingView view = rated.view();
        RestResponse<RatingView> answer = rated.isNew()
                ? Created.at("/api/v1/sessions/" + view.sessionId() + "/rating", view, false)
                : RestResponse.ok(view);
        RestResponse<RatingView> tagged = RestResponse.ResponseBuilder.fromResponse(answer)
                .header("ETag", entityTags.of(view))
                .build();
        return Invalidates.keys(tagged, CreatorTags.ofCountedSession(view.creatorId()));
    }
}
