package dev.stagedoor.realtime.access;

import io.quarkus.security.identity.SecurityIdentity;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;

/**
 * Who wants to listen.
 *
 * @param userId null for nobody in particular
 * @param scopes what the credential allows
 * @param expiresAt when the credential ends; null where it does not
 */
public record Listener(UUID userId, Set<String> scopes, Instant expiresAt) {

    public static final Listener NOBODY = new Listener(null, Set.of(), null);

    /** Under these names an identity carries the id of its user, and when its credential ends. */
    private static final String USER_ID = "stagedoor.user-id";

    private static final String EXPIRES_AT = "stagedoor.expires-at";

    /** Who has authenticated; a null identity, or an anonymous one, is nobody. */
    public static Listener of(SecurityIdentity identity) {
        return identity == null || identity.isAnonymous()
                ? NOBODY
                : new Listener(identity.getAttribute(USER_ID), identity.getRoles(), identity.getAttribute(EXPIRES_AT));
    }

    /** Whether this is the user with this id. */
    public boolean is(String id) {
        return userId != null && userId.toString().equals(id);
    }

    public boolean hasExpired(Instant now) {
        return expiresAt != null && !now.isBefore(expiresAt);
    }
}
