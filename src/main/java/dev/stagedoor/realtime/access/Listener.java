package dev.stagedoor.realtime.access;

import java.util.Set;
import java.util.UUID;

/**
 * Who wants to listen.
 *
 * @param userId null for nobody in particular
 * @param scopes what the credential allows
 */
public record Listener(UUID userId, Set<String> scopes) {

    public static final Listener NOBODY = new Listener(null, Set.of());
}
