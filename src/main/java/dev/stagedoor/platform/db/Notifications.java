package dev.stagedoor.platform.db;

import io.quarkus.runtime.ShutdownEvent;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.pubsub.PgSubscriber;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/** LISTEN and NOTIFY, on one connection beside the pool, which is opened anew whenever it ends. */
@ApplicationScoped
public class Notifications {

    private static final Logger LOG = Logger.getLogger(Notifications.class);

    private static final String NOTIFY = "SELECT pg_notify($1, $2)";

    private static final long RETRY_MILLIS = 1_000;
    private static final long LONGEST_PAUSE_MILLIS = 5_000;

    private final Pool pool;
    private final Pools pools;
    private final Vertx vertx;
    private volatile PgSubscriber subscriber;
    private volatile boolean isStopped;

    Notifications(Pool pool, Pools pools, Vertx vertx) {
        this.pool = pool;
        this.pools = pools;
        this.vertx = vertx;
    }

    /** Hears a channel from now on; what is sent while the connection is away is not heard. */
    public void listen(String channel, Consumer<String> heard) {
        pools.toPrimary().onSuccess(options -> connect(options, channel, heard));
    }

    private void connect(PgConnectOptions options, String channel, Consumer<String> heard) {
        subscriber = PgSubscriber.subscriber(vertx, new PgConnectOptions(options))
                .reconnectPolicy(attempt -> Math.min(LONGEST_PAUSE_MILLIS, 100L << Math.min(attempt, 10)));
        subscriber.channel(channel).handler(heard::accept);
        subscriber.connect().onFailure(failure -> connectLater(options, channel, heard, failure));
    }

    /** Its policy is for connections that were open once. */
    private void connectLater(PgConnectOptions options, String channel, Consumer<String> heard, Throwable failure) {
        LOG.debugf("Not listening yet: %s", failure.toString());
        if (!isStopped) {
            vertx.setTimer(RETRY_MILLIS, timer -> connect(options, channel, heard));
        }
    }

    void stop(@Observes ShutdownEvent event) {
        isStopped = true;
        if (subscriber != null) {
            subscriber.close().onFailure(failure -> LOG.debugf("Not closed: %s", failure.toString()));
        }
    }

    /** Emits once it is sent; a payload has less than 8,000 bytes. */
    public Uni<Void> send(String channel, String payload) {
        return pool.preparedQuery(NOTIFY).execute(Tuple.of(channel, payload)).replaceWithVoid();
    }
}
