package dev.stagedoor.account.signin;

import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.server.Cancellable;

/** The public keys by which others verify our access tokens (RFC 7517). */
@Cancellable(false)
@Path("/.well-known/jwks.json")
@Tag(name = "Sign-in")
@PermitAll
class JwksResource {

    private final SigningKeys keys;

    JwksResource(SigningKeys keys) {
        this.keys = keys;
    }

    @RegisterForReflection
    @Schema(name = "KeySet")
    record KeySetView(@Schema(required = true) List<Map<String, Object>> keys) {}

    @GET
    @Operation(operationId = "getKeys", summary = "The keys that verify access tokens")
    public RestResponse<KeySetView> get() {
        KeySetView view = new KeySetView(
                keys.all().stream().map(SigningKeys.SigningKey::toJwk).toList());
        return RestResponse.ResponseBuilder.ok(view)
                .header("Cache-Control", "public, max-age=300")
                .build();
    }
}
