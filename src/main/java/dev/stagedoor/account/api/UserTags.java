package dev.stagedoor.account.api;

import java.util.UUID;

/** Names under which caches depend on users. */
public final class UserTags {

    private UserTags() {}

    /** What a user's profile says. */
    public static String user(UUID id) {
        return "user:" + id;
    }
}
