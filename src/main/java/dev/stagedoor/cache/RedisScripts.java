package dev.stagedoor.cache;

import dev.stagedoor.platform.redis.RedisScript;
import java.util.List;

/**
 * The second level's steps, each atomic in Redis.
 *
 * <p>{@code fence} is one hash for all caches: a {@code clock} in microseconds that never stands or goes back while the
 * hash exists, under a slot's number when a tag of it was last touched, and as {@code base} the moment from which on
 * entries count. Losing the hash, alone or with a restart, moves {@code base}: what was stored before counts no more.
 */
final class RedisScripts {

    private static final String CLOCK = """
            local function clock()
                local time = redis.call('TIME')
                return math.max(time[1] * 1000000 + time[2], (redis.call('HGET', KEYS[1], 'clock') or 0) + 1)
            end
            local function tick()
                local now = string.format('%.0f', clock())
                redis.call('HSET', KEYS[1], 'clock', now)
                redis.call('HSETNX', KEYS[1], 'base', now)
                return now
            end
            """;

    /**
     * A new connection may be one to another server, or to one that has come back with old data; or entries here may be
     * older than writes that nobody can tell of. ARGV: run id, 1 where that is so.
     */
    static final RedisScript JOIN = new RedisScript(CLOCK + """
            if redis.call('HGET', KEYS[1], 'run') ~= ARGV[1] or ARGV[2] == '1' then
                local now = tick()
                redis.call('HSET', KEYS[1], 'run', ARGV[1], 'base', now)
            end
            """);

    /**
     * KEYS: fence, entry, lease. ARGV: token, lease in ms, oldest age in µs, format.
     * Answers {1, age µs, ttl ns, load ns, stretch, tags, value, slots}, {2, clock} with the lease, or {3}.
     */
    static final RedisScript FIND = new RedisScript(CLOCK + """
            local entry = redis.call('HMGET', KEYS[2], 'at', 'ttl', 'load', 'stretch', 'tags', 'value', 'slots')
            if entry[1] and string.byte(entry[6]) == tonumber(ARGV[4]) then
                local at = tonumber(entry[1])
                local marks = redis.call('HMGET', KEYS[1], 'base', unpack(cjson.decode(entry[7])))
                local stands = marks[1] and true
                for _, touched in ipairs(marks) do
                    stands = stands and not (touched and tonumber(touched) > at)
                end
                local age = clock() - at
                if stands and age <= tonumber(ARGV[3]) then
                    return {1, string.format('%.0f', age), unpack(entry, 2)}
                end
            end
            if redis.call('SET', KEYS[3], ARGV[1], 'NX', 'PX', ARGV[2]) then
                return {2, tick()}
            end
            return {3}
            """);

    /** KEYS: entry, lease. ARGV: token, lifetime in ms, then fields and values. */
    static final RedisScript STORE = new RedisScript("""
            redis.call('HSET', KEYS[1], unpack(ARGV, 3))
            redis.call('PEXPIRE', KEYS[1], ARGV[2])
            if redis.call('GET', KEYS[2]) == ARGV[1] then redis.call('DEL', KEYS[2]) end
            """);

    /** KEYS: lease. ARGV: token. */
    static final RedisScript RELEASE = new RedisScript("""
            if redis.call('GET', KEYS[1]) == ARGV[1] then redis.call('DEL', KEYS[1]) end
            """);

    /** KEYS: fence. ARGV: channel, node, slots. */
    static final RedisScript TOUCH = new RedisScript(CLOCK + """
            local now = tick()
            for i = 3, #ARGV do redis.call('HSET', KEYS[1], ARGV[i], now) end
            redis.call('PUBLISH', ARGV[1], table.concat(ARGV, ' ', 2))
            """);

    /** KEYS: fence. ARGV: channel, node. */
    static final RedisScript TOUCH_ALL = new RedisScript(CLOCK + """
            redis.call('HSET', KEYS[1], 'base', tick())
            redis.call('PUBLISH', ARGV[1], ARGV[2] .. ' all')
            """);

    /** KEYS: sorted set. ARGV: its lifetime in s, then counts and members to add. */
    static final RedisScript COUNT = new RedisScript("""
            for i = 2, #ARGV, 2 do redis.call('ZINCRBY', KEYS[1], ARGV[i], ARGV[i + 1]) end
            redis.call('EXPIRE', KEYS[1], ARGV[1])
            """);

    /** Those that a connection must have loaded. */
    static final List<RedisScript> ALL = List.of(JOIN, FIND, STORE, RELEASE, TOUCH, TOUCH_ALL, COUNT);

    private RedisScripts() {}
}
