package dev.stagedoor.realtime.pusher.api;

import dev.stagedoor.realtime.access.Listener;
import io.quarkus.security.Authenticated;
import io.quarkus.security.identity.CurrentIdentityAssociation;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestHeader;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.server.Cancellable;

/** Signs subscriptions and sign-ins of our own users, for pusher-js. */
@Cancellable(false)
@Path("/pusher")
@Tag(name = "Realtime")
@Authenticated
class PusherAuthResource {

    private final PusherAuthService service;
    private final CurrentIdentityAssociation identities;

    PusherAuthResource(PusherAuthService service, CurrentIdentityAssociation identities) {
        this.service = service;
        this.identities = identities;
    }

    @POST
    @Path("auth")
    @PermitAll
    @Operation(operationId = "authorizePusherChannel", summary = "Signs a subscription of the caller")
    public Uni<RestResponse<Map<String, String>>> authorize(
            @RestHeader("Content-Type") String mediaType,
            @RequestBody(
                            content =
                                    @Content(
                                            mediaType = "application/x-www-form-urlencoded",
                                            schema = @Schema(implementation = AuthForm.class)))
                    byte[] body) {
        AuthRequest request = AuthRequest.ofChannel(mediaType, body);
        return identities
                .getDeferredIdentity()
                .chain(identity -> service.authorize(Listener.of(identity), request))
                .map(AuthForm::answer);
    }

    @POST
    @Path("user-auth")
    @Operation(operationId = "authenticatePusherUser", summary = "Signs the caller in on a connection")
    public Uni<RestResponse<Map<String, String>>> authenticate(
            @RestHeader("Content-Type") String mediaType,
            @RequestBody(
                            content =
                                    @Content(
                                            mediaType = "application/x-www-form-urlencoded",
                                            schema = @Schema(implementation = AuthForm.class)))
                    byte[] body) {
        AuthRequest request = AuthRequest.ofUser(mediaType, body);
        return identities
                .getDeferredIdentity()
                .chain(identity -> service.signIn(Listener.of(identity), request))
                .map(AuthForm::answer);
    }
}
