package dev.stagedoor.realtime.pusher;

import java.util.Arrays;
import java.util.regex.Pattern;

/** What the name of a channel says of it. */
public enum ChannelKind {
    PRIVATE_ENCRYPTED_CACHE("private-encrypted-cache-"),
    PRIVATE_ENCRYPTED("private-encrypted-"),
    PRIVATE_CACHE("private-cache-"),
    PRIVATE("private-"),
    PRESENCE_CACHE("presence-cache-"),
    PRESENCE("presence-"),
    CACHE("cache-"),
    SERVER_TO_USER("#server-to-user-"),
    PUBLIC("");

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_\\-=@,.;]{1,200}");

    /** Ids of users go into names without a check by the client libraries. */
    private static final Pattern USER_NAME = Pattern.compile("#server-to-user-[^\\p{Cntrl}\\p{Cs}]{1,184}");

    private final String prefix;

    ChannelKind(String prefix) {
        this.prefix = prefix;
    }

    public static boolean isName(String channel) {
        return NAME.matcher(channel).matches() || USER_NAME.matcher(channel).matches();
    }

    public static ChannelKind of(String channel) {
        return Arrays.stream(values())
                .filter(kind -> channel.startsWith(kind.prefix))
                .findFirst()
                .orElseThrow();
    }

    public String rest(String channel) {
        return channel.substring(prefix.length());
    }

    /** Whether a subscription is signed. */
    public boolean isSigned() {
        return this != CACHE && this != PUBLIC && this != SERVER_TO_USER;
    }

    public boolean isPresence() {
        return this == PRESENCE || this == PRESENCE_CACHE;
    }

    /** Whether a subscriber gets the last event at once. */
    public boolean isCached() {
        return this == CACHE || this == PRIVATE_CACHE || this == PRESENCE_CACHE || this == PRIVATE_ENCRYPTED_CACHE;
    }

    /** Whether subscribers may send to each other: the data of encrypted channels only servers can make. */
    public boolean takesClientEvents() {
        return isSigned() && this != PRIVATE_ENCRYPTED && this != PRIVATE_ENCRYPTED_CACHE;
    }
}
