package dev.stagedoor.account.api;

import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a caller may do; the roles of its identity. A sign-in has all scopes of its role, an API key those it was given. */
public final class Scopes {

    public static final String PROFILE_READ = "profile:read";
    public static final String PROFILE_WRITE = "profile:write";
    public static final String CHAT_READ = "chat:read";
    public static final String CHAT_WRITE = "chat:write";
    public static final String STREAMS_READ = "streams:read";
    public static final String STREAMS_WRITE = "streams:write";

    public static final String CREATORS_READ = "creators:read";
    public static final String CREATORS_WRITE = "creators:write";

    public static final String METRICS_READ = "metrics:read";
    public static final String METRICS_WRITE = "metrics:write";

    public static final String SESSIONS_READ = "sessions:read";
    public static final String SESSIONS_WRITE = "sessions:write";

    public static final String WALLET_READ = "wallet:read";

    /** Spending tokens. */
    public static final String WALLET_WRITE = "wallet:write";

    /** Taking part in group events as a user; who has the link needs no name. */
    public static final String EVENTS_READ = "events:read";

    public static final String EVENTS_WRITE = "events:write";

    public static final String PAYMENTS_READ = "payments:read";
    public static final String PAYMENTS_WRITE = "payments:write";

    /** Making tokens out of nothing. */
    public static final String TOKENS_ISSUE = "tokens:issue";

    /** Managing API keys: never given to one, so that a leaked key cannot make others. */
    public static final String KEYS_WRITE = "keys:write";

    /** Forgetting oneself: never given to a key, so that a leaked one cannot do it. */
    public static final String PROFILE_ERASE = "profile:erase";

    /** Forgetting anyone; never given to a key. */
    public static final String USERS_ERASE = "users:erase";

    public static final String USERS_READ = "users:read";
    public static final String ARCHIVES_WRITE = "archives:write";

    /** How the service is doing. */
    public static final String MONITORING_READ = "monitoring:read";

    /** Changing the live streams of others, as if their owner. */
    public static final String STREAMS_MANAGE = "streams:manage";

    /** The samples of the live streams of others. An admin's key that may write samples has it, too. */
    public static final String METRICS_MANAGE = "metrics:manage";

    /** Seeing the payments of everyone, deciding and refunding them. */
    public static final String PAYMENTS_MANAGE = "payments:manage";

    /** What an API key of any user may be given. */
    public static final Set<String> FOR_KEYS = Set.of(
            PROFILE_READ,
            PROFILE_WRITE,
            CHAT_READ,
            CHAT_WRITE,
            STREAMS_READ,
            STREAMS_WRITE,
            CREATORS_READ,
            CREATORS_WRITE,
            METRICS_READ,
            METRICS_WRITE,
            SESSIONS_READ,
            SESSIONS_WRITE,
            EVENTS_READ,
            EVENTS_WRITE,
            WALLET_READ,
            WALLET_WRITE,
            PAYMENTS_READ,
            PAYMENTS_WRITE);

    /** What, besides, an API key of an admin may be given. */
    public static final Set<String> FOR_ADMIN_KEYS = Set.of(
            USERS_READ, ARCHIVES_WRITE, MONITORING_READ, STREAMS_MANAGE, METRICS_MANAGE, TOKENS_ISSUE, PAYMENTS_MANAGE);

    // Every request asks for one of these.
    private static final Set<String> GRANTABLE_TO_ADMIN = union(FOR_KEYS, FOR_ADMIN_KEYS);
    private static final Set<String> OF_USER = union(FOR_KEYS, Set.of(KEYS_WRITE, PROFILE_ERASE));
    private static final Set<String> OF_ADMIN =
            union(GRANTABLE_TO_ADMIN, Set.of(KEYS_WRITE, PROFILE_ERASE, USERS_ERASE));

    private Scopes() {}

    /** The scopes of a key's owner that a key may have. */
    public static Set<String> grantable(boolean admin) {
        return admin ? GRANTABLE_TO_ADMIN : FOR_KEYS;
    }

    /** What a key with these scopes may do, at most as much as its owner may now. */
    public static Set<String> ofKey(Set<String> given, boolean admin) {
        Set<String> scopes = given.stream().filter(grantable(admin)::contains).collect(Collectors.toUnmodifiableSet());
        return admin && scopes.contains(METRICS_WRITE) ? union(scopes, Set.of(METRICS_MANAGE)) : scopes;
    }

    /** The scopes of someone who signed in. */
    public static Set<String> ofSignIn(boolean admin) {
        return admin ? OF_ADMIN : OF_USER;
    }

    private static Set<String> union(Set<String> some, Set<String> others) {
        return Stream.concat(some.stream(), others.stream()).collect(Collectors.toUnmodifiableSet());
    }
}
