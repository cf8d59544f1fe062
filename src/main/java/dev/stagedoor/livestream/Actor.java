package dev.stagedoor.livestream;

import dev.stagedoor.account.api.Caller;
import dev.stagedoor.account.api.Scopes;
import java.util.UUID;

/**
 * Who asks for a change.
 *
 * @param managesAll whether this caller may do to every stream what its owner may
 */
public record Actor(UUID userId, boolean managesAll) {

    public static Actor of(Caller caller) {
        return new Actor(caller.userId(), caller.scopes().contains(Scopes.STREAMS_MANAGE));
    }
}
