package dev.stagedoor.platform.graphql;

import io.quarkus.arc.Arc;
import io.quarkus.arc.ManagedContext;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.concurrent.Callable;
import org.jboss.logging.Logger;

/** Answers a first query while nobody waits: what it loads would hold up an event loop for more than a second. */
@ApplicationScoped
class GraphqlWarming {

    private static final Logger LOG = Logger.getLogger(GraphqlWarming.class);

    private static final GraphqlRequest SMALLEST = new GraphqlRequest("{ __typename }", null, null, null);

    private final GraphqlEngine engine;
    private final Vertx vertx;

    GraphqlWarming(GraphqlEngine engine, Vertx vertx) {
        this.engine = engine;
        this.vertx = vertx;
    }

    /** Does not delay the start. */
    void start(@Observes StartupEvent event) {
        Callable<Void> warming = () -> {
            warm();
            return null;
        };
        vertx.executeBlocking(warming, false)
                .onFailure(failure -> LOG.warnf("GraphQL stays cold: %s", failure.toString()));
    }

    private void warm() {
        ManagedContext requestContext = Arc.container().requestContext();
        requestContext.activate();
        try {
            engine.execute(SMALLEST)
                    .subscribe()
                    .with(
                            answer -> LOG.debugf("GraphQL is warm"),
                            failure -> LOG.warnf("GraphQL stays cold: %s", failure.toString()));
        } finally {
            requestContext.terminate();
        }
    }
}
