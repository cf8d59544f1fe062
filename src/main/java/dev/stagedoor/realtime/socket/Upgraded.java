package dev.stagedoor.realtime.socket;

import io.quarkus.runtime.annotations.RegisterForReflection;
import io.quarkus.vertx.http.runtime.filters.QuarkusRequestWrapper;
import io.vertx.core.http.HttpServerRequest;
import java.lang.reflect.Method;
import org.jboss.logging.Logger;

/**
 * Requests that became WebSockets. When it stops, Quarkus waits for those that have not ended, and these never do by
 * themselves: it counts on a response. There is no other way to tell it than the method that it calls for the others.
 */
@RegisterForReflection(targets = QuarkusRequestWrapper.class)
final class Upgraded {

    private static final Logger LOG = Logger.getLogger(Upgraded.class);

    private Upgraded() {}

    /** Ends a request whose WebSocket is closed. */
    static void end(HttpServerRequest request) {
        try {
            Method done = QuarkusRequestWrapper.class.getDeclaredMethod("done");
            done.setAccessible(true);
            done.invoke(QuarkusRequestWrapper.get(request));
        } catch (ReflectiveOperationException e) {
            LOG.warnf("The stop of this process will wait for a WebSocket that is closed: %s", e.toString());
        }
    }
}
