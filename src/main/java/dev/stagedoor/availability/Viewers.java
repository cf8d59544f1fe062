package dev.stagedoor.availability;

import dev.stagedoor.account.api.Caller;
import io.quarkus.security.identity.CurrentIdentityAssociation;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerRequest;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;
import org.jboss.resteasy.reactive.RestResponse;

/** Tells who asks. */
@ApplicationScoped
class Viewers {

    static final String SESSION_KEY = "X-Session-Key";
    static final String ORGANIZER_KEY = "X-Organizer-Key";

    private final CurrentIdentityAssociation identities;

    Viewers(CurrentIdentityAssociation identities) {
        this.identities = identities;
    }

    /**
     * Who is signed in counts as long as their credential is for this; keys count whoever holds them.
     *
     * @param sessionKey or null
     * @param organizerKey or null
     * @param scope that a credential needs
     */
    Uni<Viewer> viewer(String sessionKey, String organizerKey, String scope) {
        return identities
                .getDeferredIdentity()
                .map(identity -> Viewer.of(
                        sessionKey,
                        organizerKey,
                        identity.hasRole(scope) ? identity.<UUID>getAttribute(Caller.USER_ID) : null));
    }

    /** The user, or the address of who is not signed in. */
    static String caller(Viewer viewer, HttpServerRequest http) {
        return viewer.userId() == null ? address(http) : viewer.userId().toString();
    }

    static String address(HttpServerRequest http) {
        return http.remoteAddress().hostAddress();
    }

    /** With a key in it, which caches on the way keep from nobody. */
    static <V> RestResponse<V> notStored(RestResponse<V> answer) {
        return RestResponse.ResponseBuilder.fromResponse(answer)
                .header("Cache-Control", "no-store")
                .build();
    }
}
