package dev.stagedoor.realtime;

import dev.stagedoor.platform.redis.KeptConnection;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.RedisConnection;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/** Hears from Redis what all nodes say; while it does not, it asks PostgreSQL every second. */
@ApplicationScoped
class BusReader {

    private static final Logger LOG = Logger.getLogger(BusReader.class);

    private static final Duration BLOCK = Duration.ofSeconds(1);
    private static final int ENTRIES = 256;
    private static final long DEAF_POLL_MILLIS = 1000;

    private final Vertx vertx;
    private final Hub hub;
    private final KeptConnection connection;
    private String last;
    private long timer;

    BusReader(RealtimeConfig config, @ConfigProperty(name = "stagedoor.redis.url") String url, Vertx vertx, Hub hub) {
        this.vertx = vertx;
        this.hub = hub;
        this.connection = new KeptConnection(
                vertx, url, "events of other nodes", BLOCK.plus(config.redisTimeout()), new Joining());
    }

    void start(@Observes StartupEvent event) {
        connection.open();
        timer = vertx.setPeriodic(DEAF_POLL_MILLIS, tick -> catchUpIfNeeded());
    }

    void stop(@Observes ShutdownEvent event) {
        vertx.cancelTimer(timer);
        connection.stop();
    }

    boolean isHearing() {
        return connection.isUsable();
    }

    private void catchUpIfNeeded() {
        if (hub.takeDoubt() || !isHearing()) {
            hub.catchUp();
        }
    }

    private final class Joining implements KeptConnection.Preparation {

        @Override
        public Future<?> prepare(RedisConnection fresh) {
            return connection.ping(fresh).compose(answered -> newest(fresh)).onSuccess(BusReader.this::beginAt);
        }

        @Override
        public Future<?> catchUp(RedisConnection fresh) {
            return Future.succeededFuture();
        }

        @Override
        public void opened() {
            read();
        }
    }

    private static Future<String> newest(RedisConnection fresh) {
        return fresh.send(Request.cmd(Command.XREVRANGE)
                        .arg(RedisBus.BUS)
                        .arg("+")
                        .arg("-")
                        .arg("COUNT")
                        .arg(1))
                .map(entries ->
                        entries.size() == 0 ? "0-0" : entries.get(0).get(0).toString());
    }

    /** What was said before is PostgreSQL's to tell. */
    private void beginAt(String newest) {
        last = newest;
        hub.catchUp();
    }

    private void read() {
        connection
                .send(Request.cmd(Command.XREAD)
                        .arg("BLOCK")
                        .arg(BLOCK.toMillis())
                        .arg("COUNT")
                        .arg(ENTRIES)
                        .arg("STREAMS")
                        .arg(RedisBus.BUS)
                        .arg(last))
                .onSuccess(this::heard);
    }

    private void heard(Response answer) {
        try {
            if (answer != null) {
                // One stream was asked for: a map of it in RESP 3, a list of pairs in RESP 2.
                Response entries = answer.containsKey(RedisBus.BUS)
                        ? answer.get(RedisBus.BUS)
                        : answer.get(0).get(1);
                entries.forEach(this::heardOne);
            }
        } catch (RuntimeException e) {
            // Of another version of this program, perhaps: what it tells of is found in PostgreSQL.
            LOG.warnf("Not understood on the bus: %s", e.toString());
            hub.catchUp();
        }
        read();
    }

    /** An entry's fields: b the entry before it, t topic, i position or nothing, p payload. */
    private void heardOne(Response entry) {
        Response fields = entry.get(1);
        if (!fields.get(1).toString().equals(last)) {
            hub.catchUp();
        }
        last = entry.get(0).toString();
        String topic = fields.get(3).toString();
        String payload = fields.get(7).toString();
        Position.parse(fields.get(5).toString())
                .ifPresentOrElse(position -> hub.hear(topic, position, payload), () -> hub.hear(topic, payload));
    }
}
