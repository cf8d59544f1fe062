package dev.stagedoor.account;

import dev.stagedoor.account.api.Caller;
import dev.stagedoor.account.api.Scopes;
import dev.stagedoor.account.api.UserTags;
import dev.stagedoor.cache.Cached;
import dev.stagedoor.platform.http.EntityTags;
import dev.stagedoor.platform.http.Invalidates;
import dev.stagedoor.platform.http.Page;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestHeader;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.server.Cancellable;

/** Users. */
@Cancellable(false)
@Path("/api/v1/users")
@Tag(name = "Users")
class UserResource {

    private final UserService service;
    private final EntityTags entityTags;
    private final Caller caller;

    UserResource(UserService service, EntityTags entityTags, Caller caller) {
        this.service = service;
        this.entityTags = entityTags;
        this.caller = caller;
    }

    @GET
    @RolesAllowed(Scopes.USERS_READ)
    @Operation(operationId = "listUsers", summary = "All users, newest first; for admins")
    public Uni<Page<UserView>> list(
            @RestQuery @DefaultValue("50") @Min(1) @Max(100) int limit, @RestQuery String cursor) {
        return service.list(cursor, limit);
    }

    @GET
    @Produces(MediaType.APPLICATION_JSON)
    @Path("me")
    @RolesAllowed(Scopes.PROFILE_READ)
    @Operation(operationId = "getOwnProfile", summary = "The caller")
    public Uni<RestResponse<UserView>> getOwn() {
        return service.get(caller.userId()).map(Cached::toDirectResponse);
    }

    @PATCH
    @Path("me")
    @RolesAllowed(Scopes.PROFILE_WRITE)
    @Operation(operationId = "updateOwnProfile", summary = "Changes the caller's profile")
    public Uni<RestResponse<UserView>> updateOwn(
            @RestHeader("If-Match") String ifMatch, @NotNull @Valid UpdateProfileRequest request) {
        return service.update(caller.userId(), ifMatch, request).map(this::changed);
    }

    @DELETE
    @Path("me")
    @RolesAllowed(Scopes.PROFILE_ERASE)
    @Operation(
            operationId = "eraseOwnAccount",
            summary = "Forgets the caller, for good",
            description = "Names, credentials and messages go; what others need stays, and refers to nobody.")
    @APIResponse(responseCode = "204", description = "Forgotten")
    public Uni<RestResponse<Void>> eraseOwn() {
        return erased(caller.userId());
    }

    @DELETE
    @Path("{id}")
    @RolesAllowed(Scopes.USERS_ERASE)
    @Operation(operationId = "eraseUser", summary = "Forgets a user, for good; for admins")
    @APIResponse(responseCode = "204", description = "Forgotten")
    public Uni<RestResponse<Void>> erase(@RestPath UUID id) {
        return erased(id);
    }

    private Uni<RestResponse<Void>> erased(UUID id) {
        return service.erase(id).map(done -> Invalidates.keys(RestResponse.noContent(), List.of(UserTags.user(id))));
    }

    private RestResponse<UserView> changed(UserView view) {
        return Invalidates.keys(entityTags.tagged(view), List.of(UserTags.user(view.id())));
    }

    @GET
    @Produces(MediaType.APPLICATION_JSON)
    @Path("{id}")
    @RolesAllowed(Scopes.PROFILE_READ)
    @Operation(operationId = "getUser", summary = "A user")
    public Uni<RestResponse<UserView>> get(@RestPath UUID id) {
        return service.get(id).map(Cached::toDirectResponse);
    }
}
