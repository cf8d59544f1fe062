package dev.stagedoor.account.signin;

import dev.stagedoor.account.UserRole;
import dev.stagedoor.account.api.Caller;
import dev.stagedoor.account.api.Scopes;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.identity.AuthenticationRequestContext;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.identity.SecurityIdentityAugmentor;
import io.quarkus.security.runtime.QuarkusSecurityIdentity;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.jwt.JsonWebToken;

/** Turns the groups of an access token into scopes, and its subject into one of our users. */
@ApplicationScoped
class CallerAugmentor implements SecurityIdentityAugmentor {

    private final AuthConfig config;
    private final ExternalUserStore externalUsers;

    CallerAugmentor(AuthConfig config, ExternalUserStore externalUsers) {
        this.config = config;
        this.externalUsers = externalUsers;
    }

    @Override
    public Uni<SecurityIdentity> augment(SecurityIdentity identity, AuthenticationRequestContext context) {
        if (!(identity.getPrincipal() instanceof JsonWebToken token)) {
            return Uni.createFrom().item(identity);
        }
        if (config.jwksUrl().isPresent()) {
            return externalUsers.idOf(token).map(userId -> identify(token, userId));
        }
        return Uni.createFrom().item(() -> identify(token, parse(token.getSubject())));
    }

    private static UUID parse(String subject) {
        try {
            return UUID.fromString(subject);
        } catch (IllegalArgumentException | NullPointerException e) {
            throw new AuthenticationFailedException("The subject is not a user of this service", e);
        }
    }

    private static SecurityIdentity identify(JsonWebToken token, UUID userId) {
        boolean admin = token.getGroups().contains(UserRole.ADMIN.wireName());
        return QuarkusSecurityIdentity.builder()
                .setPrincipal(token)
                .addRoles(Scopes.ofSignIn(admin))
                .addAttribute(Caller.USER_ID, userId)
                .addAttribute(Caller.EXPIRES_AT, Instant.ofEpochSecond(token.getExpirationTime()))
                .build();
    }
}
