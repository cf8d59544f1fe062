package dev.stagedoor.realtime;

import dev.stagedoor.platform.redis.RedisScript;
import java.util.List;

/**
 * What nodes tell each other, each step atomic in Redis.
 *
 * <p>The bus is one stream that all nodes read; each of its entries names the one before it, so that a reader sees what it
 * missed. Beside it every topic has a stream of its own, without gaps, whose ids are positions.
 */
final class RelayScripts {

    private static final String SAY = """
                local function say(...)
                    local last = redis.call('XREVRANGE', KEYS[1], '+', '-', 'COUNT', 1)[1]
                    redis.call('XADD', KEYS[1], 'MAXLEN', '~', ARGV[1], '*', 'b', last and last[1] or '0-0', ...)
                end
                """;

    /**
     * KEYS: bus, the topic's stream. ARGV: entries of the bus, entries of the topic, ms that the topic is kept, topic, epoch,
     * then offsets and payloads. Answers -1, or the last offset where what is between is missing.
     */
    static final RedisScript APPEND = new RedisScript(SAY + """
            local newest = redis.call('XREVRANGE', KEYS[2], '+', '-', 'COUNT', 1)[1]
            local expected
            if newest then
                local epoch, offset = string.match(newest[1], '(%d+)-(%d+)')
                if epoch == ARGV[5] then expected = offset + 1
                elseif tonumber(epoch) > tonumber(ARGV[5]) then return -1 end
            end
            for i = 6, #ARGV, 2 do
                local offset = tonumber(ARGV[i])
                if expected and offset > expected then return expected - 1 end
                if not expected or offset == expected then
                    local id = ARGV[5] .. '-' .. ARGV[i]
                    redis.call('XADD', KEYS[2], 'MAXLEN', '~', ARGV[2], id, 'p', ARGV[i + 1])
                    say('t', ARGV[4], 'i', id, 'p', ARGV[i + 1])
                    expected = offset + 1
                end
            end
            redis.call('PEXPIRE', KEYS[2], ARGV[3])
            return -1
            """);

    /** KEYS: bus. ARGV: entries of the bus, topic, payload. */
    static final RedisScript SIGNAL = new RedisScript(SAY + """
            say('t', ARGV[2], 'i', '', 'p', ARGV[3])
            """);

    /** KEYS: streams of topics. Answers the last id of each, or an empty text. */
    static final RedisScript TAILS = new RedisScript("""
            local tails = {}
            for i, key in ipairs(KEYS) do
                local newest = redis.call('XREVRANGE', key, '+', '-', 'COUNT', 1)[1]
                tails[i] = newest and newest[1] or ''
            end
            return tails
            """);

    /** Those that a connection must have loaded. */
    static final List<RedisScript> ALL = List.of(APPEND, SIGNAL, TAILS);

    private RelayScripts() {}
}
