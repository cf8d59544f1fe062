package dev.stagedoor.chat;

import dev.stagedoor.platform.http.ApiException;
import java.time.Instant;

/** Why members may not say something. */
final class Refusals {

    private Refusals() {}

    static ApiException muted(Instant until) {
        return new ApiException(403, "muted", "A moderator has muted you until " + until);
    }

    static ApiException blockedWord() {
        return ApiException.invalid("text", "holds a word that this channel does not allow");
    }
}
