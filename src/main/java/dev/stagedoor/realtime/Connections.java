package dev.stagedoor.realtime;

import dev.stagedoor.platform.http.ApiException;
import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;

/**
 * The connections that stay open: how many this process takes, and that they go elsewhere when it is to stop, in steps, so
 * that the others are not stormed.
 */
@ApplicationScoped
public class Connections {

    private static final Logger LOG = Logger.getLogger(Connections.class);

    private static final long STEP_MILLIS = 100;
    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    private final RealtimeConfig config;
    private final Vertx vertx;
    private final Set<Runnable> open = ConcurrentHashMap.newKeySet();
    private volatile boolean isDraining;

    Connections(RealtimeConfig config, Vertx vertx) {
        this.config = config;
        this.vertx = vertx;
    }

    /** That a connection is to be drained with the others. */
    public interface Registration {

        /** The connection has ended by itself. */
        void end();
    }

    /**
     * Adds a connection to those that are drained.
     *
     * @param drained asks the other end to go elsewhere; called once, on any thread
     */
    public Registration register(Runnable drained) {
        open.add(drained);
        return () -> open.remove(drained);
    }

    /** Fails with 503 where new connections are to go elsewhere. */
    public void requireRoom() {
        if (isDraining) {
            throw ApiException.unavailable("This server stops; others do not", RETRY_AFTER);
        }
        if (open.size() >= config.maxConnections()) {
            throw ApiException.unavailable("This server has as many connections as it takes", RETRY_AFTER);
        }
    }

    void begin(@Observes ShutdownDelayInitiatedEvent event) {
        isDraining = true;
        List<Runnable> waiting = new ArrayList<>(open);
        Collections.shuffle(waiting);
        long steps = Math.max(1, config.drainWindow().toMillis() / STEP_MILLIS);
        int perStep = Math.toIntExact((waiting.size() + steps - 1) / steps);
        if (!waiting.isEmpty()) {
            LOG.infof("Sends %d connections elsewhere", waiting.size());
            step(waiting, 0, perStep);
        }
    }

    private void step(List<Runnable> waiting, int from, int perStep) {
        int to = Math.min(waiting.size(), from + perStep);
        waiting.subList(from, to).forEach(Runnable::run);
        if (to < waiting.size()) {
            vertx.setTimer(STEP_MILLIS, timer -> step(waiting, to, perStep));
        }
    }
}
