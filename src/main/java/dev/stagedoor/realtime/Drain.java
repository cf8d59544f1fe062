package dev.stagedoor.realtime;

import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;

/** When this process is to stop, sends its connections elsewhere: in steps, so that the others are not stormed. */
@ApplicationScoped
public class Drain {

    private static final Logger LOG = Logger.getLogger(Drain.class);

    private static final long STEP_MILLIS = 100;

    private final RealtimeConfig config;
    private final Vertx vertx;
    private final Set<Runnable> connections = ConcurrentHashMap.newKeySet();
    private volatile boolean hasBegun;

    Drain(RealtimeConfig config, Vertx vertx) {
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
        connections.add(drained);
        return () -> connections.remove(drained);
    }

    /** Whether new connections are to go elsewhere at once. */
    public boolean hasBegun() {
        return hasBegun;
    }

    void begin(@Observes ShutdownDelayInitiatedEvent event) {
        hasBegun = true;
        List<Runnable> waiting = new ArrayList<>(connections);
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
