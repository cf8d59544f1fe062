package dev.stagedoor.realtime.access;

import io.quarkus.security.identity.IdentityProviderManager;
import io.quarkus.security.identity.request.TokenAuthenticationRequest;
import io.quarkus.smallrye.jwt.runtime.auth.JsonWebTokenCredential;
import io.quarkus.vertx.http.runtime.security.QuarkusHttpUser;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;

/** Finds out who wants to listen. Fails with an {@code AuthenticationFailedException} for a credential that is not valid. */
@ApplicationScoped
public class Listeners {

    private final IdentityProviderManager identities;

    Listeners(IdentityProviderManager identities) {
        this.identities = identities;
    }

    /** Who sends a request: by the headers that all requests may have. */
    public Uni<Listener> of(RoutingContext context) {
        return QuarkusHttpUser.getSecurityIdentity(context, identities).map(Listener::of);
    }

    /** Whose access token it is, for where no headers can be sent. */
    public Uni<Listener> of(String accessToken) {
        return identities
                .authenticate(new TokenAuthenticationRequest(new JsonWebTokenCredential(accessToken)))
                .map(Listener::of);
    }
}
