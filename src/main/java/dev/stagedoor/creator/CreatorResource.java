package dev.stagedoor.creator;

import dev.stagedoor.account.api.Caller;
import dev.stagedoor.account.api.Scopes;
import dev.stagedoor.cache.Cached;
import dev.stagedoor.creator.CreatorService.Put;
import dev.stagedoor.platform.http.Created;
import dev.stagedoor.platform.http.EntityTags;
import dev.stagedoor.platform.http.Invalidates;
import dev.stagedoor.platform.http.LanguageTag;
import dev.stagedoor.platform.http.Page;
import dev.stagedoor.platform.http.PlainText;
import dev.stagedoor.platform.http.Preconditions;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
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

/** Users whose time can be booked. */
@Cancellable(false)
@Path("/api/v1/creators")
@Tag(name = "Creators")
class CreatorResource {

    private static final Duration SHARED = Duration.ofSeconds(10);

    private final CreatorService service;
    private final EntityTags entityTags;
    private final Caller caller;

    CreatorResource(CreatorService service, EntityTags entityTags, Caller caller) {
        this.service = service;
        this.entityTags = entityTags;
        this.caller = caller;
    }

    @GET
    @Produces(MediaType.APPLICATION_JSON)
    @PermitAll
    @Operation(
            operationId = "listCreators",
            summary = "Creators: the best, the most booked, the newest or the cheapest first",
            description =
                    "By rating, each counts as if there were ten ratings of 3.5 besides, so that one does not lead."
                            + " Who moves in the order between two pages may be in both, or in none.")
    public Uni<RestResponse<Page<CreatorView>>> list(
            @RestQuery @PlainText(max = 64) String category,
            @Parameter(description = "BCP 47") @RestQuery @LanguageTag String language,
            @Parameter(description = "Words, each the beginning of one in the names, the headline or the categories")
                    @RestQuery
                    @PlainText(max = 100)
                    String q,
            @Parameter(
                            schema =
                                    @Schema(
                                            type = SchemaType.STRING,
                                            enumeration = {"rating", "sessions", "newest", "price"},
                                            defaultValue = "rating"))
                    @RestQuery
                    @DefaultValue("rating")
                    @Pattern(regexp = CreatorSort.NAMES, message = "must be one of " + CreatorSort.NAMES)
                    String sort,
            @RestQuery @DefaultValue("50") @Min(1) @Max(100) int limit,
            @RestQuery String cursor) {
        CreatorFilter filter =
                CreatorFilter.of(CreatorSort.of(sort), category, LanguageTag.Validator.canonical(language), q);
        return service.list(filter, cursor, limit).map(cached -> cached.toPublicResponse(SHARED));
    }

    @GET
    @Produces(MediaType.APPLICATION_JSON)
    @Path("{id}")
    @PermitAll
    @Operation(operationId = "getCreator", summary = "A creator, with up to 20 slots that are free within 14 days")
    public Uni<CreatorView> get(@RestPath UUID id) {
        return service.getWithSlots(id);
    }

    @GET
    @Produces(MediaType.APPLICATION_JSON)
    @Path("{id}/slots")
    @PermitAll
    @Operation(
            operationId = "getCreatorSlots",
            summary = "When a creator can be booked, in steps of a session, for up to 62 days",
            description =
                    "From now where from is absent, for 14 days where to is. The first 1,000: go on from the end of the"
                            + " last one.")
    public Uni<SlotsView> slots(
            @RestPath UUID id,
            @Parameter(schema = @Schema(type = SchemaType.STRING, format = "date-time")) @RestQuery String from,
            @Parameter(schema = @Schema(type = SchemaType.STRING, format = "date-time")) @RestQuery String to) {
        return service.slots(id, from, to);
    }

    @GET
    @Produces(MediaType.APPLICATION_JSON)
    @Path("me")
    @RolesAllowed(Scopes.CREATORS_READ)
    @Operation(operationId = "getOwnCreator", summary = "The caller as a creator: what PUT replaces")
    public Uni<RestResponse<CreatorView>> getOwn() {
        return service.get(caller.userId()).map(Cached::toResponse);
    }

    @PUT
    @Path("me")
    @RolesAllowed(Scopes.CREATORS_WRITE)
    @Operation(
            operationId = "putOwnCreator",
            summary = "Makes a creator of the caller, or replaces what they said of themselves",
            description = "What is there already is replaced only with If-Match. What is absent becomes its default.")
    @APIResponse(
            responseCode = "201",
            description = "The new creator",
            content = @Content(mediaType = "application/json", schema = @Schema(implementation = CreatorView.class)))
    @APIResponse(
            responseCode = "200",
            description = "The creator as replaced",
            content = @Content(mediaType = "application/json", schema = @Schema(implementation = CreatorView.class)))
    public Uni<RestResponse<CreatorView>> put(
            @RestHeader("If-Match") String ifMatch,
            @RestHeader("If-None-Match") String ifNoneMatch,
            @NotNull @Valid PutCreatorRequest request) {
        return service.put(caller.userId(), new Preconditions(ifMatch, ifNoneMatch), request)
                .map(this::answer);
    }

    private RestResponse<CreatorView> answer(Put put) {
        RestResponse<CreatorView> answer = put.isNew()
                ? Created.at("/api/v1/creators/" + put.view().id(), put.view(), false)
                : RestResponse.ok(put.view());
        RestResponse<CreatorView> tagged = RestResponse.ResponseBuilder.fromResponse(answer)
                .header("ETag", entityTags.of(put.view()))
                .build();
        return Invalidates.keys(tagged, CreatorTags.ofChangedCreator(put.view().id()));
    }
}
