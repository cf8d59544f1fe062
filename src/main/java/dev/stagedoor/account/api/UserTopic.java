package dev.stagedoor.account.api;

import java.util.UUID;

/** Where a user, and nobody else, hears of what concerns them. */
public final class UserTopic {

    public static final String PREFIX = "private-user-";

    private UserTopic() {}

    public static String of(UUID userId) {
        return PREFIX + userId;
    }
}
