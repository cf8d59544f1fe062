package dev.stagedoor.platform.redis;

import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.RedisConnection;
import io.vertx.redis.client.Request;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.HexFormat;

/** Steps in Lua that Redis takes as one; called by the digest of its text, once a connection has loaded it. */
public final class RedisScript {

    private final String source;
    private final String digest;

    public RedisScript(String source) {
        this.source = source;
        this.digest = sha1(source);
    }

    private static String sha1(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-1").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Makes the scripts known to the server; part of the preparation of a connection that calls them. */
    public static Future<?> load(RedisConnection fresh, Collection<RedisScript> scripts) {
        return Future.all(scripts.stream()
                .map(script ->
                        fresh.send(Request.cmd(Command.SCRIPT).arg("LOAD").arg(script.source)))
                .toList());
    }

    /** Begins a call on these keys; the caller adds the arguments. */
    public Request on(String... keys) {
        Request request = Request.cmd(Command.EVALSHA).arg(digest).arg(keys.length);
        for (String key : keys) {
            request.arg(key);
        }
        return request;
    }

    /** As {@link #on}, for a connection that has not loaded it. */
    public Request sentOn(String key) {
        return Request.cmd(Command.EVAL).arg(source).arg(1).arg(key);
    }
}
