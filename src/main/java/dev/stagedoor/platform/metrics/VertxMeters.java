package dev.stagedoor.platform.metrics;

import dev.stagedoor.platform.http.ProblemWriter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.arc.Arc;
import io.quarkus.vertx.VertxOptionsCustomizer;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.metrics.MetricsOptions;
import io.vertx.core.net.SocketAddress;
import io.vertx.core.spi.VertxMetricsFactory;
import io.vertx.core.spi.metrics.ClientMetrics;
import io.vertx.core.spi.metrics.HttpServerMetrics;
import io.vertx.core.spi.metrics.PoolMetrics;
import io.vertx.core.spi.metrics.VertxMetrics;
import jakarta.enterprise.context.ApplicationScoped;

/** Measures at Vert.x itself: every request, also one refused before routing, and every query, whoever sends it. */
@ApplicationScoped
class VertxMeters implements VertxOptionsCustomizer {

    @Override
    @SuppressWarnings("deprecation") // What replaces it is set where Vert.x is built, which Quarkus does.
    public void accept(VertxOptions options) {
        VertxMetricsFactory factory = ignored -> new Meters();
        options.setMetricsOptions(new MetricsOptions().setEnabled(true).setFactory(factory));
    }

    /** Looks its collaborators up late: Vert.x is made before them. */
    private static final class Meters implements VertxMetrics {

        private ConnectionMeter connections;

        @Override
        public HttpServerMetrics<?, ?, ?> createHttpServerMetrics(HttpServerOptions options, SocketAddress address) {
            return new HttpServerMeter(bean(MeterRegistry.class), bean(ProblemWriter.class), bean(RequestLog.class));
        }

        @Override
        public ClientMetrics<?, ?, ?, ?> createClientMetrics(SocketAddress remote, String type, String namespace) {
            return "sql".equals(type) ? new QueryMeter(bean(MeterRegistry.class)) : null;
        }

        @Override
        public synchronized PoolMetrics<?> createPoolMetrics(String type, String name, int maxSize) {
            if (!"sql".equals(type)) {
                return null;
            }
            if (connections == null) {
                connections = new ConnectionMeter(bean(MeterRegistry.class));
            }
            return connections;
        }

        private static <T> T bean(Class<T> type) {
            return Arc.container().instance(type).get();
        }
    }
}
