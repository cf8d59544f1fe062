package dev.stagedoor.account;

import dev.stagedoor.account.api.Scopes;
import dev.stagedoor.platform.http.Page;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestQuery;
import org.jboss.resteasy.reactive.server.Cancellable;

/** The list of users under the address that older clients know. */
@Cancellable(false)
@Path("/api/users")
@Tag(name = "Users")
class UserListAliasResource {

    private final UserService service;

    UserListAliasResource(UserService service) {
        this.service = service;
    }

    @GET
    @RolesAllowed(Scopes.USERS_READ)
    @Operation(operationId = "listUsersAlias", summary = "The same as GET /api/v1/users", deprecated = true)
    public Uni<Page<UserView>> list(
            @RestQuery @DefaultValue("50") @Min(1) @Max(100) int limit, @RestQuery String cursor) {
        return service.list(cursor, limit);
    }
}
