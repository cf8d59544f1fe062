package dev.stagedoor.account.api;

import io.quarkus.security.identity.SecurityIdentity;
import jakarta.enterprise.context.RequestScoped;
import java.util.Set;
import java.util.UUID;

/** Who sends the current request. Only for resources that require a scope: there is none of whom nothing is known. */
@RequestScoped
public class Caller {

    /** Under this name an identity carries the id of its user. */
    public static final String USER_ID = "stagedoor.user-id";

    /** Under this name, when its credential ends; absent where it does not. */
    public static final String EXPIRES_AT = "stagedoor.expires-at";

    private final SecurityIdentity identity;

    Caller(SecurityIdentity identity) {
        this.identity = identity;
    }

    public UUID userId() {
        return identity.getAttribute(USER_ID);
    }

    public Set<String> scopes() {
        return identity.getRoles();
    }
}
