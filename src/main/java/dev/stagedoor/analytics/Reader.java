package dev.stagedoor.analytics;

import dev.stagedoor.account.api.Caller;
import dev.stagedoor.account.api.Scopes;
import dev.stagedoor.platform.http.ApiException;
import java.util.UUID;

/**
 * Who wants to see figures.
 *
 * @param seesAll whether also those of others
 */
public record Reader(UUID userId, boolean seesAll) {

    public static Reader of(Caller caller) {
        return new Reader(caller.userId(), caller.scopes().contains(Scopes.METRICS_MANAGE));
    }

    /** Fails with 403 for who is not the owner. */
    public void requireMaySee(UUID ownerId) {
        if (!seesAll && !ownerId.equals(userId)) {
            throw ApiException.forbidden("Only the owner of a stream sees its analytics");
        }
    }
}
