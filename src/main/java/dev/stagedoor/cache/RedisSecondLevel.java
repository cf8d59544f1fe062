package dev.stagedoor.cache;

import dev.stagedoor.cache.core.Fence;
import dev.stagedoor.cache.core.SecondLevel;
import dev.stagedoor.cache.core.Stored;
import dev.stagedoor.cache.core.Tags;
import dev.stagedoor.platform.redis.KeptConnection;
import dev.stagedoor.platform.redis.RedisScript;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.RedisConnection;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import io.vertx.redis.client.ResponseType;
import java.time.Duration;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jboss.logging.Logger;

/** The second level in Redis: one connection, on which nobody waits longer than the limit. */
final class RedisSecondLevel implements SecondLevel<CachedBody> {

    private static final Logger LOG = Logger.getLogger(RedisSecondLevel.class);

    /** What nodes tell each other: who touched, and which slots, or {@code all}. */
    static final String TOUCHED = "stagedoor:cache:touched";

    private static final String FENCE = "stagedoor:cache:fence";
    private static final String POPULAR = "stagedoor:cache:popular:";
    private static final Pattern RUN_ID = Pattern.compile("run_id:(\\w+)");

    /** Beyond this, touching everything is cheaper for Redis than touching one after the other. */
    private static final int MANY_SLOTS = 1000;

    private final String node;
    private final Duration hardLimit;
    private final RedisSubscription subscription;
    private final KeptConnection connection;
    private final AtomicReference<BitSet> delivering = new AtomicReference<>(new BitSet());
    private BitSet undelivered = new BitSet();
    private volatile boolean hasJoined;

    RedisSecondLevel(Vertx vertx, String url, Duration timeout, Duration hardLimit, RedisSubscription subscription) {
        this.node = subscription.node();
        this.hardLimit = hardLimit;
        this.subscription = subscription;
        this.connection = new KeptConnection(vertx, url, "cached answers", timeout, new Handshake());
    }

    void start() {
        connection.open();
    }

    void stop() {
        connection.stop();
        if (!isDelivered()) {
            LOG.warn("Redis was away to the end: other nodes may serve what this one invalidated until it expires");
        }
    }

    boolean isUsable() {
        return connection.isUsable();
    }

    KeptConnection connection() {
        return connection;
    }

    private final class Handshake implements KeptConnection.Preparation {

        @Override
        public Future<?> prepare(RedisConnection fresh) {
            return join(fresh);
        }

        @Override
        public Future<?> catchUp(RedisConnection fresh) {
            // One that is too slow for anything else still takes what is owed.
            return deliver(fresh).compose(delivered -> connection.ping(fresh));
        }
    }

    private Future<?> join(RedisConnection fresh) {
        return fresh.send(Request.cmd(Command.INFO).arg("server"))
                .compose(info -> fresh.send(RedisScripts.JOIN
                        .sentOn(FENCE)
                        .arg(runId(info.toString()))
                        .arg(mayMiss() ? 1 : 0)))
                .compose(joined -> RedisScript.load(fresh, RedisScripts.ALL))
                .onSuccess(loaded -> hasJoined = true);
    }

    /** Whether nodes that wrote meanwhile may have ended before they could say what. */
    private boolean mayMiss() {
        return hasJoined && System.nanoTime() - subscription.confirmedAt() > hardLimit.toNanos();
    }

    private static String runId(String info) {
        Matcher matcher = RUN_ID.matcher(info);
        if (!matcher.find()) {
            throw new IllegalStateException("INFO names no run_id");
        }
        return matcher.group(1);
    }

    /** What could not be touched while there was no connection, before anybody may ask on the new one. */
    private Future<?> deliver(RedisConnection fresh) {
        BitSet slots = beginDelivery();
        if (slots.isEmpty()) {
            return Future.succeededFuture();
        }
        return fresh.send(touch(slots)).onSuccess(done -> endDelivery(slots));
    }

    /** With what an earlier attempt may not have delivered. */
    private synchronized BitSet beginDelivery() {
        BitSet slots = undelivered;
        slots.or(delivering.getAndSet(slots));
        undelivered = new BitSet();
        return slots;
    }

    private void endDelivery(BitSet slots) {
        delivering.compareAndSet(slots, new BitSet());
    }

    private synchronized boolean isDelivered() {
        return undelivered.isEmpty() && delivering.get().isEmpty();
    }

    private synchronized void keepUndelivered(BitSet slots) {
        undelivered.or(slots);
    }

    @Override
    public CompletionStage<Answer<CachedBody>> find(String key, long maxAge, long lease) {
        String token = subscription.newToken();
        Request request = RedisScripts.FIND
                .on(FENCE, entryKey(key), leaseKey(key))
                .arg(token)
                .arg(TimeUnit.NANOSECONDS.toMillis(lease))
                .arg(TimeUnit.NANOSECONDS.toMicros(maxAge))
                .arg(CachedBody.FORMAT);
        return connection
                .send(request)
                .map(response -> answer(response, key, token))
                .otherwise(failure -> new Unusable<>())
                .toCompletionStage();
    }

    private static Answer<CachedBody> answer(Response response, String key, String token) {
        return switch (response.get(0).toInteger()) {
            case 1 -> new Hit<>(stored(response));
            case 2 -> new Leased<>(new Lease(key, token, response.get(1).toLong()));
            default -> new Busy<>();
        };
    }

    private static Stored<CachedBody> stored(Response response) {
        List<String> names = Arrays.asList(response.get(5).toString().split(" ", -1));
        int[] slots = new JsonArray(response.get(7).toBuffer())
                .stream().mapToInt(slot -> (Integer) slot).toArray();
        return new Stored<>(
                CachedBody.decode(response.get(6).toBytes()),
                Tags.restored(names, slots),
                TimeUnit.MICROSECONDS.toNanos(response.get(1).toLong()),
                response.get(2).toLong(),
                response.get(3).toLong(),
                response.get(4).toDouble());
    }

    @Override
    public void store(Lease lease, Stored<CachedBody> stored) {
        long keepMillis = TimeUnit.NANOSECONDS.toMillis(stored.ttl() - stored.age());
        if (keepMillis <= 0) {
            release(lease);
            return;
        }
        connection.post(RedisScripts.STORE
                .on(entryKey(lease.key()), leaseKey(lease.key()))
                .arg(lease.token())
                .arg(keepMillis)
                .arg("at")
                .arg(lease.notedAt())
                .arg("ttl")
                .arg(stored.ttl())
                .arg("load")
                .arg(stored.loadTime())
                .arg("stretch")
                .arg(Double.toString(stored.stretch()))
                .arg("tags")
                .arg(String.join(" ", stored.tags().names()))
                .arg("slots")
                .arg(slots(stored.tags()))
                .arg("value")
                .arg(Buffer.buffer(CachedBody.encode(stored.value()))));
    }

    private static String slots(Tags tags) {
        return new JsonArray(Arrays.stream(tags.slots()).boxed().toList()).encode();
    }

    @Override
    public void release(Lease lease) {
        connection.post(RedisScripts.RELEASE.on(leaseKey(lease.key())).arg(lease.token()));
    }

    @Override
    public CompletionStage<Void> touch(Tags tags) {
        return deliver(bits(tags.slots()));
    }

    @Override
    public CompletionStage<Void> touchAll() {
        BitSet all = new BitSet();
        all.set(0, Fence.SLOTS);
        return deliver(all);
    }

    private CompletionStage<Void> deliver(BitSet slots) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        connection.sendEarly(touch(slots)).onComplete(outcome -> {
            if (outcome.failed()) {
                keepUndelivered(slots);
                // Also where another connection is open by now: only one that is opened later delivers this.
                connection.giveUp(outcome.cause());
            }
            done.complete(null);
        });
        return done;
    }

    private static BitSet bits(int[] slots) {
        BitSet bits = new BitSet();
        Arrays.stream(slots).forEach(bits::set);
        return bits;
    }

    private Request touch(BitSet slots) {
        if (slots.cardinality() > MANY_SLOTS) {
            return RedisScripts.TOUCH_ALL.on(FENCE).arg(TOUCHED).arg(node);
        }
        Request request = RedisScripts.TOUCH.on(FENCE).arg(TOUCHED).arg(node);
        slots.stream().forEach(request::arg);
        return request;
    }

    @Override
    public long confirmedAt() {
        return subscription.confirmedAt();
    }

    /** Adds to how often keys were read in an hour, which is forgotten after the next. */
    void count(long hour, Map<String, Integer> hits) {
        Request request =
                RedisScripts.COUNT.on(POPULAR + hour).arg(Duration.ofHours(2).toSeconds());
        hits.forEach((key, count) -> request.arg(count).arg(key));
        connection.post(request);
    }

    /** The most read keys of an hour, with how often they were read; fails where Redis is away. */
    Future<Map<String, Double>> popular(long hour, int limit) {
        return connection
                .send(Request.cmd(Command.ZRANGE)
                        .arg(POPULAR + hour)
                        .arg(0)
                        .arg(limit - 1)
                        .arg("REV")
                        .arg("WITHSCORES"))
                .map(RedisSecondLevel::scores);
    }

    /** Pairs in RESP 3, alternating members and scores in RESP 2. */
    private static Map<String, Double> scores(Response response) {
        Map<String, Double> scores = new HashMap<>();
        boolean isPaired = response.size() > 0 && response.get(0).type() == ResponseType.MULTI;
        for (int i = 0; i < response.size(); i += isPaired ? 1 : 2) {
            Response member = isPaired ? response.get(i).get(0) : response.get(i);
            Response score = isPaired ? response.get(i).get(1) : response.get(i + 1);
            scores.put(member.toString(), Double.valueOf(score.toString()));
        }
        return scores;
    }

    private static String entryKey(String key) {
        return "stagedoor:cache:entry:" + key;
    }

    private static String leaseKey(String key) {
        return "stagedoor:cache:lease:" + key;
    }
}
