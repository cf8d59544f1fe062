package dev.stagedoor.account.apikey;

import dev.stagedoor.account.UserRole;
import dev.stagedoor.account.api.Caller;
import dev.stagedoor.account.api.Scopes;
import dev.stagedoor.account.apikey.ApiKeyQueries.StoredKey;
import dev.stagedoor.platform.context.Secrets;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.identity.IdentityProviderManager;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.identity.request.AuthenticationRequest;
import io.quarkus.security.runtime.QuarkusPrincipal;
import io.quarkus.security.runtime.QuarkusSecurityIdentity;
import io.quarkus.vertx.http.runtime.security.ChallengeData;
import io.quarkus.vertx.http.runtime.security.HttpAuthenticationMechanism;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.security.MessageDigest;
import java.time.Clock;
import java.util.Set;

/** Authenticates by the {@code X-API-Key} header. */
@ApplicationScoped
class ApiKeyAuthentication implements HttpAuthenticationMechanism {

    private static final String HEADER = "X-API-Key";

    private final ApiKeyQueries queries;
    private final Clock clock;

    ApiKeyAuthentication(ApiKeyQueries queries, Clock clock) {
        this.queries = queries;
        this.clock = clock;
    }

    @Override
    public int getPriority() {
        return DEFAULT_PRIORITY + 1;
    }

    @Override
    public Uni<SecurityIdentity> authenticate(RoutingContext context, IdentityProviderManager manager) {
        String header = context.request().getHeader(HEADER);
        if (header == null) {
            return Uni.createFrom().nullItem();
        }
        Credential credential = Credential.parse(header).orElseThrow(ApiKeyAuthentication::refusal);
        return queries.find(credential.id()).map(stored -> identify(credential, stored));
    }

    private SecurityIdentity identify(Credential credential, StoredKey stored) {
        boolean valid = stored != null
                && MessageDigest.isEqual(
                        Secrets.sha256(credential.secret()), stored.secretHash().getBytes())
                && (stored.expiresAt() == null || stored.expiresAt().isAfter(clock.instant()));
        if (!valid) {
            throw refusal();
        }
        QuarkusSecurityIdentity.Builder identity = QuarkusSecurityIdentity.builder()
                .setPrincipal(new QuarkusPrincipal(stored.userId().toString()))
                .addRoles(scopes(stored))
                .addAttribute(Caller.USER_ID, stored.userId());
        if (stored.expiresAt() != null) {
            identity.addAttribute(Caller.EXPIRES_AT, stored.expiresAt());
        }
        return identity.build();
    }

    /** Never more than the owner may do now, whatever the owner could when the key was made. */
    private static Set<String> scopes(StoredKey stored) {
        return Scopes.ofKey(stored.scopes(), UserRole.of(stored.role()) == UserRole.ADMIN);
    }

    private static AuthenticationFailedException refusal() {
        return new AuthenticationFailedException("The API key is not valid");
    }

    @Override
    public Uni<ChallengeData> getChallenge(RoutingContext context) {
        return Uni.createFrom().nullItem();
    }

    @Override
    public Set<Class<? extends AuthenticationRequest>> getCredentialTypes() {
        return Set.of();
    }
}
