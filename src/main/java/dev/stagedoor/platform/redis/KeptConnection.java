package dev.stagedoor.platform.redis;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.RedisConnection;
import io.vertx.redis.client.RedisOptions;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * One connection to Redis that is given up when it fails or is slow, and opened anew after pauses that grow. It is a
 * circuit breaker: while there is none, nobody waits for it.
 */
public final class KeptConnection {

    private static final Logger LOG = Logger.getLogger(KeptConnection.class);

    private static final long FIRST_PAUSE_MILLIS = 100;
    private static final long LONGEST_PAUSE_MILLIS = 1000;

    /** Commands under way: a flood of misses must not count as a failure of Redis. */
    private static final int MAX_WAITING = 1 << 16;

    /** Of opening a connection, which takes more than a command: TLS, sign-in. */
    private static final Duration OPENING_TIMEOUT = Duration.ofSeconds(2);

    private final Vertx vertx;
    private final RedisOptions options;
    private final String purpose;
    private final Duration timeout;
    private final Preparation preparation;

    private Redis client;
    private volatile RedisConnection connected;
    private volatile RedisConnection usable;
    private long pauseMillis = FIRST_PAUSE_MILLIS;
    private boolean isOpening;
    private boolean isStopped;
    private boolean isKnownToFail;

    /** What is done on a new connection before it is used; where it fails, so does the connection. */
    public interface Preparation {

        /** Makes the connection fit for commands. */
        Future<?> prepare(RedisConnection fresh);

        /** Does what was left to do while there was no connection; meanwhile {@link #sendEarly} works already. */
        Future<?> catchUp(RedisConnection fresh);

        /** Begins what goes on as long as the connection does. */
        default void opened() {}
    }

    /** @param timeout of a command */
    public KeptConnection(Vertx vertx, String url, String purpose, Duration timeout, Preparation preparation) {
        this.vertx = vertx;
        this.options = new RedisOptions()
                .setConnectionString(url)
                .setMaxPoolSize(1)
                .setPoolCleanerInterval(-1)
                .setMaxWaitingHandlers(MAX_WAITING);
        this.options.getNetClientOptions().setConnectTimeout((int) OPENING_TIMEOUT.toMillis());
        this.purpose = purpose;
        this.timeout = timeout;
        this.preparation = preparation;
    }

    public boolean isUsable() {
        return usable != null;
    }

    /** Sends a command; fails at once where there is no connection. A failure gives the connection up. */
    public Future<Response> send(Request command) {
        return send(usable, command);
    }

    /** As {@link #send}, also on a connection that is not ready for everyone. */
    public Future<Response> sendEarly(Request command) {
        return send(connected, command);
    }

    private Future<Response> send(RedisConnection connection, Request command) {
        if (connection == null) {
            return Future.failedFuture("no connection to Redis");
        }
        return limited(connection.send(command)).onFailure(failure -> giveUp(connection, failure));
    }

    /** Sends a command whose answer nobody waits for. */
    public void post(Request command) {
        send(command).onFailure(failure -> LOG.debugf("Not done in Redis: %s", failure.toString()));
    }

    private <T> Future<T> limited(Future<T> future) {
        return future.timeout(timeout.toMillis(), TimeUnit.MILLISECONDS);
    }

    public synchronized void open() {
        if (isStopped || isOpening || usable != null) {
            return;
        }
        isOpening = true;
        client = Redis.createClient(vertx, options);
        client.connect()
                .timeout(OPENING_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)
                .compose(connection -> inTime(preparation.prepare(connection)).map(connection))
                .onSuccess(this::connected)
                .onFailure(this::notOpened);
    }

    /** Fails for a connection that takes longer than a command may. */
    public Future<Response> ping(RedisConnection fresh) {
        return limited(fresh.send(Request.cmd(Command.PING)));
    }

    private static <T> Future<T> inTime(Future<T> opening) {
        return opening.timeout(OPENING_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
    }

    private synchronized void connected(RedisConnection connection) {
        connected = connection;
        inTime(preparation.catchUp(connection))
                .onSuccess(done -> opened(connection))
                .onFailure(this::notOpened);
    }

    private synchronized void opened(RedisConnection connection) {
        isOpening = false;
        if (isStopped) {
            client.close();
            return;
        }
        if (connected == null) {
            // Given up meanwhile.
            reopen();
            return;
        }
        connection.exceptionHandler(failure -> giveUp(connection, failure));
        connection.endHandler(ended -> giveUp(connection, new IllegalStateException("the connection has ended")));
        usable = connection;
        pauseMillis = FIRST_PAUSE_MILLIS;
        isKnownToFail = false;
        LOG.infof("Redis is usable for %s", purpose);
        preparation.opened();
    }

    private synchronized void notOpened(Throwable failure) {
        LOG.logf(
                isKnownToFail ? Logger.Level.DEBUG : Logger.Level.WARN,
                "Redis is not usable for %s: %s",
                purpose,
                failure.toString());
        isKnownToFail = true;
        isOpening = false;
        connected = null;
        reopen();
    }

    /** Gives up what there is, whatever it is; until it is open anew, nothing is sent. */
    public synchronized void giveUp(Throwable reason) {
        giveUp(connected, reason);
    }

    private synchronized void giveUp(RedisConnection connection, Throwable reason) {
        if (connection == null || connected != connection) {
            return;
        }
        connected = null;
        if (usable == null) {
            // It is still being opened, which ends by itself.
            return;
        }
        LOG.warnf("Redis is not usable for %s: %s", purpose, reason.toString());
        isKnownToFail = true;
        usable = null;
        reopen();
    }

    private void reopen() {
        client.close();
        if (!isStopped) {
            vertx.setTimer(pauseMillis, timer -> open());
            pauseMillis = Math.min(LONGEST_PAUSE_MILLIS, 2 * pauseMillis);
        }
    }

    public synchronized void stop() {
        isStopped = true;
        connected = null;
        usable = null;
        if (client != null) {
            client.close();
        }
    }
}
