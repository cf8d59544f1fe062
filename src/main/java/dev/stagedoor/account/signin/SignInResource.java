package dev.stagedoor.account.signin;

import dev.stagedoor.account.UserView;
import dev.stagedoor.platform.http.Created;
import dev.stagedoor.platform.http.IdempotencyKeys;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerRequest;
import jakarta.annotation.security.PermitAll;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestHeader;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.server.Cancellable;

/** Registration and sign-in by password. */
@Cancellable(false)
@Path("/api/v1/auth")
@Tag(name = "Sign-in")
@PermitAll
class SignInResource {

    private final SignInService service;

    SignInResource(SignInService service) {
        this.service = service;
    }

    @POST
    @Path("register")
    @Operation(operationId = "register", summary = "Creates a user")
    @APIResponse(
            responseCode = "201",
            description = "The new user",
            content = @Content(mediaType = "application/json", schema = @Schema(implementation = UserView.class)))
    public Uni<RestResponse<UserView>> register(
            @RestHeader("Idempotency-Key") String idempotencyKey,
            @NotNull @Valid RegisterRequest request,
            HttpServerRequest http) {
        String address = address(http);
        return service.register(request, address, IdempotencyKeys.of(address, "register", idempotencyKey))
                .map(outcome ->
                        Created.at("/api/v1/users/" + outcome.value().id(), outcome.value(), outcome.replayed()));
    }

    @POST
    @Path("login")
    @Operation(operationId = "signIn", summary = "Signs in by password")
    public Uni<RestResponse<TokensView>> signIn(@NotNull @Valid SignInRequest request, HttpServerRequest http) {
        return service.signIn(request, address(http))
                .map(signedIn -> RestResponse.ResponseBuilder.ok(signedIn.tokens())
                        .header("RateLimit", signedIn.quota().header())
                        .header("RateLimit-Policy", signedIn.quota().policyHeader())
                        .header("Cache-Control", "no-store")
                        .build());
    }

    @POST
    @Path("refresh")
    @Operation(operationId = "refresh", summary = "Exchanges a refresh token, once, for new tokens")
    public Uni<RestResponse<TokensView>> refresh(@NotNull @Valid RefreshRequest request) {
        return service.refresh(request)
                .map(tokens -> RestResponse.ResponseBuilder.ok(tokens)
                        .header("Cache-Control", "no-store")
                        .build());
    }

    @POST
    @Path("logout")
    @Operation(operationId = "signOut", summary = "Ends the sign-in that a refresh token belongs to")
    @APIResponse(responseCode = "204", description = "Done, whatever the token was")
    public Uni<Void> signOut(@NotNull @Valid RefreshRequest request) {
        return service.signOut(request);
    }

    private static String address(HttpServerRequest http) {
        return http.remoteAddress().hostAddress();
    }
}
