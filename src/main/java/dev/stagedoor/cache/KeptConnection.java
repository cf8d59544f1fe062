package dev.stagedoor.cache;

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
final class KeptConnection {

    private static final Logger LOG = Logger.getLogger(KeptConnection.class);

    private static final long FIRST_PAUSE_MILLIS = 100;
    private static final long LONGEST_PAUSE_MILLIS = 1000;

    /** Of opening a connection, which takes more than a command: TLS, sign-in. */
    private static final Duration OPENING_TIMEOUT = Duration.ofSeconds(2);

    private final Vertx vertx;
    private final RedisOptions options;
    private final String purpose;
    private final Duration timeout;
    private final Preparation preparation;

    private Redis client;
    private volatile RedisConnection usable;
    private long pauseMillis = FIRST_PAUSE_MILLIS;
    private boolean isOpening;
    private boolean isStopped;

    /** What is done on a new connection before it is used. */
    interface Preparation {

        Future<?> prepare(RedisConnection fresh);

        /** Whether nothing came up meanwhile that must be done before it is used. */
        boolean isComplete();
    }

    /** @param timeout of a command */
    KeptConnection(Vertx vertx, String url, String purpose, Duration timeout, Preparation preparation) {
        this.vertx = vertx;
        this.options =
                new RedisOptions().setConnectionString(url).setMaxPoolSize(1).setPoolCleanerInterval(-1);
        this.options.getNetClientOptions().setConnectTimeout((int) OPENING_TIMEOUT.toMillis());
        this.purpose = purpose;
        this.timeout = timeout;
        this.preparation = preparation;
    }

    boolean isUsable() {
        return usable != null;
    }

    /** Sends a command; fails at once where there is no connection. A failure gives the connection up. */
    Future<Response> send(Request command) {
        RedisConnection connection = usable;
        if (connection == null) {
            return Future.failedFuture("no connection to Redis");
        }
        return limited(connection.send(command)).onFailure(failure -> giveUp(connection, failure));
    }

    /** Sends a command whose answer nobody waits for. */
    void post(Request command) {
        send(command).onFailure(failure -> LOG.debugf("Not done in Redis: %s", failure.toString()));
    }

    private <T> Future<T> limited(Future<T> future) {
        return future.timeout(timeout.toMillis(), TimeUnit.MILLISECONDS);
    }

    synchronized void open() {
        if (isStopped || isOpening || usable != null) {
            return;
        }
        isOpening = true;
        client = Redis.createClient(vertx, options);
        client.connect()
                .timeout(OPENING_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)
                .compose(connection ->
                        limited(connection.send(Request.cmd(Command.PING))).map(connection))
                .onSuccess(this::prepare)
                .onFailure(this::notOpened);
    }

    private void prepare(RedisConnection connection) {
        preparation
                .prepare(connection)
                .timeout(OPENING_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)
                .onSuccess(prepared -> opened(connection))
                .onFailure(this::notOpened);
    }

    /** Whoever finds no connection to send on, and leaves that for this one to do, comes before this or gives it up. */
    private synchronized void opened(RedisConnection connection) {
        if (isStopped) {
            client.close();
            return;
        }
        if (!preparation.isComplete()) {
            prepare(connection);
            return;
        }
        isOpening = false;
        connection.exceptionHandler(failure -> giveUp(connection, failure));
        connection.endHandler(ended -> giveUp(connection, new IllegalStateException("the connection has ended")));
        usable = connection;
        pauseMillis = FIRST_PAUSE_MILLIS;
        LOG.infof("Redis is usable for %s", purpose);
    }

    private synchronized void notOpened(Throwable failure) {
        LOG.debugf("Redis is not usable for %s: %s", purpose, failure.toString());
        isOpening = false;
        reopen();
    }

    /** Gives up what there is, whatever it is; until it is open anew, nothing is sent. */
    synchronized void giveUp(Throwable reason) {
        giveUp(usable, reason);
    }

    private synchronized void giveUp(RedisConnection connection, Throwable reason) {
        if (connection == null || usable != connection) {
            return;
        }
        LOG.warnf("Redis is not usable for %s: %s", purpose, reason.toString());
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

    synchronized void stop() {
        isStopped = true;
        usable = null;
        if (client != null) {
            client.close();
        }
    }
}
