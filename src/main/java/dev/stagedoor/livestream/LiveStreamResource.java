package dev.stagedoor.livestream;

import dev.stagedoor.account.api.Caller;
import dev.stagedoor.account.api.Scopes;
import dev.stagedoor.platform.http.Created;
import dev.stagedoor.platform.http.EntityTags;
import dev.stagedoor.platform.http.Idempotency.Outcome;
import dev.stagedoor.platform.http.IdempotencyKeys;
import dev.stagedoor.platform.http.Invalidates;
import dev.stagedoor.platform.http.LanguageTag;
import dev.stagedoor.platform.http.Page;
import dev.stagedoor.platform.http.PlainText;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Duration;
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

/** Live streams. */
@Cancellable(false)
@Path("/api/v1/streams")
@Tag(name = "Streams")
class LiveStreamResource {

    /** As a UUID, it would be a path that does not exist when it cannot be read. */
    private static final String UUID_FORM = "[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}";

    private static final Duration SHARED = Duration.ofSeconds(10);

    private final LiveStreamService service;
    private final EntityTags entityTags;
    private final Caller caller;

    LiveStreamResource(LiveStreamService service, EntityTags entityTags, Caller caller) {
        this.service = service;
        this.entityTags = entityTags;
        this.caller = caller;
    }

    @GET
    @Produces(MediaType.APPLICATION_JSON)
    @PermitAll
    @Operation(
            operationId = "listStreams",
            summary = "Streams, the last created first; live ones alone, the last started first",
            description = "A walk along the cursors shows every stream that is live throughout exactly once.")
    public Uni<RestResponse<Page<LiveStreamView>>> list(
            @Parameter(schema = @Schema(type = SchemaType.BOOLEAN))
                    @RestQuery
                    @Pattern(regexp = "true|false", message = "must be 'true' or 'false'")
                    String live,
            @RestQuery @PlainText(max = 64) String category,
            @Parameter(description = "BCP 47") @RestQuery @LanguageTag String language,
            @Parameter(schema = @Schema(type = SchemaType.STRING, format = "uuid"))
                    @RestQuery
                    @Pattern(regexp = UUID_FORM, message = "must be a UUID")
                    String owner,
            @RestQuery @DefaultValue("50") @Min(1) @Max(100) int limit,
            @RestQuery String cursor) {
        LiveStreamFilter filter = new LiveStreamFilter(
                live == null ? null : Boolean.valueOf(live),
                category,
                LanguageTag.Validator.canonical(language),
                owner == null ? null : UUID.fromString(owner));
        return service.list(filter, cursor, limit).map(cached -> cached.toPublicResponse(SHARED));
    }

    @GET
    @Produces(MediaType.APPLICATION_JSON)
    @Path("{id}")
    @PermitAll
    @Operation(operationId = "getStream", summary = "A stream")
    public Uni<RestResponse<LiveStreamView>> get(@RestPath UUID id) {
        return service.get(id).map(cached -> cached.toPublicResponse(SHARED));
    }

    @POST
    @RolesAllowed(Scopes.STREAMS_WRITE)
    @Operation(operationId = "createStream", summary = "Schedules a stream that the caller owns and hosts")
    @APIResponse(
            responseCode = "201",
            description = "The new stream",
            content = @Content(mediaType = "application/json", schema = @Schema(implementation = LiveStreamView.class)))
    public Uni<RestResponse<LiveStreamView>> create(
            @RestHeader("Idempotency-Key") String idempotencyKey, @NotNull @Valid CreateLiveStreamRequest request) {
        UUID userId = caller.userId();
        return service.create(userId, request, IdempotencyKeys.of(userId.toString(), "create-stream", idempotencyKey))
                .map(this::created);
    }

    private RestResponse<LiveStreamView> created(Outcome<LiveStreamView> outcome) {
        LiveStreamView view = outcome.value();
        RestResponse<LiveStreamView> created = Created.at("/api/v1/streams/" + view.id(), view, outcome.replayed());
        return Invalidates.keys(tagged(created), QueryKeys.ofNewOrDeletedStream(view.id()));
    }

    @PATCH
    @Path("{id}")
    @RolesAllowed(Scopes.STREAMS_WRITE)
    @Operation(
            operationId = "updateStream",
            summary = "As its owner, changes a stream",
            description = "What is absent stays as it is; category, language and thumbnailUrl are taken away by null.")
    public Uni<RestResponse<LiveStreamView>> update(
            @RestPath UUID id,
            @RestHeader("If-Match") String ifMatch,
            @NotNull @Valid UpdateLiveStreamRequest request) {
        return service.update(id, Actor.of(caller), ifMatch, request).map(this::changed);
    }

    @DELETE
    @Path("{id}")
    @RolesAllowed(Scopes.STREAMS_WRITE)
    @Operation(operationId = "deleteStream", summary = "As its owner, deletes a stream and who takes part in it")
    @APIResponse(responseCode = "204", description = "The stream is gone")
    public Uni<RestResponse<Void>> delete(@RestPath UUID id, @RestHeader("If-Match") String ifMatch) {
        return service.delete(id, Actor.of(caller), ifMatch)
                .map(done -> Invalidates.keys(RestResponse.noContent(), QueryKeys.ofNewOrDeletedStream(id)));
    }

    @POST
    @Path("{id}/start")
    @RolesAllowed(Scopes.STREAMS_WRITE)
    @Operation(operationId = "startStream", summary = "As a host, starts a stream; doing so again changes nothing")
    public Uni<RestResponse<LiveStreamView>> start(@RestPath UUID id) {
        return service.start(id, Actor.of(caller)).map(this::changed);
    }

    @POST
    @Path("{id}/end")
    @RolesAllowed(Scopes.STREAMS_WRITE)
    @Operation(operationId = "endStream", summary = "As a host, ends a live stream; doing so again changes nothing")
    public Uni<RestResponse<LiveStreamView>> end(@RestPath UUID id) {
        return service.end(id, Actor.of(caller)).map(this::changed);
    }

    private RestResponse<LiveStreamView> changed(LiveStreamView view) {
        return Invalidates.keys(tagged(RestResponse.ok(view)), QueryKeys.ofChangedStream(view.id()));
    }

    private RestResponse<LiveStreamView> tagged(RestResponse<LiveStreamView> answer) {
        return RestResponse.ResponseBuilder.fromResponse(answer)
                .header("ETag", entityTags.of(answer.getEntity()))
                .build();
    }
}
