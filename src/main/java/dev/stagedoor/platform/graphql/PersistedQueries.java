package dev.stagedoor.platform.graphql;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.stagedoor.platform.context.Secrets;
import dev.stagedoor.platform.http.ApiException;
import io.quarkus.redis.datasource.ReactiveRedisDataSource;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.redis.client.Response;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;
import java.util.regex.Pattern;
import org.jboss.logging.Logger;

/**
 * Automatic persisted queries: a client names a query by its SHA-256, and sends its text only where nobody knows it.
 *
 * <p>Anyone may add one, so they are limited in number, here and in Redis: the newcomer displaces what was not asked for
 * the longest, and whoever asks for that next sends it again. Where Redis is away, each node knows what it was told.
 */
@ApplicationScoped
class PersistedQueries {

    private static final Logger LOG = Logger.getLogger(PersistedQueries.class);

    private static final String EXTENSION = "persistedQuery";
    private static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");
    private static final Duration REDIS_TIMEOUT = Duration.ofMillis(100);

    private static final int MAX_HERE = 500;
    private static final int MAX_SHARED = 2_000;

    private static final String TEXTS = "graphql:queries";
    private static final String USED = "graphql:queries:used";

    private static final String FIND = """
            local text = redis.call('HGET', KEYS[1], ARGV[1])
            if text then redis.call('ZADD', KEYS[2], ARGV[2], ARGV[1]) end
            return text
            """;

    private static final String KEEP = """
            redis.call('HSET', KEYS[1], ARGV[1], ARGV[3])
            redis.call('ZADD', KEYS[2], ARGV[2], ARGV[1])
            local surplus = redis.call('ZCARD', KEYS[2]) - tonumber(ARGV[4])
            if surplus > 0 then
                local oldest = redis.call('ZPOPMIN', KEYS[2], surplus)
                for i = 1, #oldest, 2 do redis.call('HDEL', KEYS[1], oldest[i]) end
            end
            return surplus
            """;

    private final ReactiveRedisDataSource redis;
    private final Clock clock;

    /** Those in use are asked for anew in time, by which Redis knows that they are. */
    private final Cache<String, String> here = Caffeine.newBuilder()
            .maximumSize(MAX_HERE)
            .expireAfterWrite(Duration.ofMinutes(10))
            .build();

    PersistedQueries(ReactiveRedisDataSource redis, Clock clock) {
        this.redis = redis;
        this.clock = clock;
    }

    /**
     * A request with the text of its query.
     *
     * @param request null where it names a query that is not known
     * @param newHash what the query is to be kept under, null where it is not or has been
     */
    record Resolved(GraphqlRequest request, String newHash) {}

    /** Fails with 400 where there is no query, or its hash is another one. */
    Uni<Resolved> resolve(GraphqlRequest request) {
        String hash = hash(request.extensions());
        boolean hasText = request.query() != null && !request.query().isBlank();
        if (hash == null) {
            requireText(hasText);
            return Uni.createFrom().item(new Resolved(request, null));
        }
        return hasText
                ? Uni.createFrom().item(named(request, hash))
                : find(hash).map(text -> found(request, text));
    }

    private static void requireText(boolean hasText) {
        if (!hasText) {
            throw ApiException.invalid("query", "must not be blank");
        }
    }

    private Resolved named(GraphqlRequest request, String hash) {
        if (!hash.equals(HexFormat.of().formatHex(Secrets.sha256(request.query())))) {
            throw ApiException.invalid("extensions.persistedQuery.sha256Hash", "is not the SHA-256 of the query");
        }
        return new Resolved(request, here.getIfPresent(hash) == null ? hash : null);
    }

    private static Resolved found(GraphqlRequest request, String text) {
        return new Resolved(text == null ? null : request.withQuery(text), null);
    }

    /** Null where the request names none. */
    private static String hash(Map<String, Object> extensions) {
        Object named = extensions == null ? null : extensions.get(EXTENSION);
        if (named == null) {
            return null;
        }
        if (named instanceof Map<?, ?> parts
                && Integer.valueOf(1).equals(parts.get("version"))
                && parts.get("sha256Hash") instanceof String hash
                && HASH.matcher(hash).matches()) {
            return hash;
        }
        throw ApiException.invalid("extensions.persistedQuery", "must have version 1 and a sha256Hash in lower case");
    }

    private Uni<String> find(String hash) {
        String known = here.getIfPresent(hash);
        return known != null
                ? Uni.createFrom().item(known)
                : ask(FIND, hash, now()).map(text -> text == null ? null : remember(hash, text.toString()));
    }

    private String remember(String hash, String text) {
        here.put(hash, text);
        return text;
    }

    /** Keeps a query that is new and was found valid. */
    Uni<Void> keep(Resolved resolved) {
        if (resolved.newHash() == null) {
            return Uni.createFrom().voidItem();
        }
        String text = remember(resolved.newHash(), resolved.request().query());
        return ask(KEEP, resolved.newHash(), now(), text, Integer.toString(MAX_SHARED))
                .replaceWithVoid();
    }

    private String now() {
        return Long.toString(clock.millis());
    }

    /** Emits null where Redis has nothing to say in time. */
    private Uni<Response> ask(String script, String... arguments) {
        String[] command = new String[arguments.length + 4];
        command[0] = script;
        command[1] = "2";
        command[2] = TEXTS;
        command[3] = USED;
        System.arraycopy(arguments, 0, command, 4, arguments.length);
        return redis.execute("EVAL", command)
                .ifNoItem()
                .after(REDIS_TIMEOUT)
                .fail()
                .onFailure()
                .invoke(failure -> LOG.debugf("Redis failed, queries are this node's own: %s", failure.toString()))
                .onFailure()
                .recoverWithNull();
    }
}
