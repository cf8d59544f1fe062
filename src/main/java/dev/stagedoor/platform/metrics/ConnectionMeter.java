package dev.stagedoor.platform.metrics;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.spi.metrics.PoolMetrics;
import java.util.concurrent.atomic.AtomicInteger;

/** {@code database_connections_active} and {@code database_connections_pending}: of all pools of the process. */
class ConnectionMeter implements PoolMetrics<Object> {

    private final AtomicInteger active = new AtomicInteger();
    private final AtomicInteger pending = new AtomicInteger();

    ConnectionMeter(MeterRegistry registry) {
        Gauge.builder("database_connections_active", active, AtomicInteger::get)
                .description("Connections to the database that are in use")
                .register(registry);
        Gauge.builder("database_connections_pending", pending, AtomicInteger::get)
                .description("How many wait for a connection to the database")
                .register(registry);
    }

    @Override
    public Object submitted() {
        pending.incrementAndGet();
        return this;
    }

    @Override
    public Object begin(Object submitted) {
        pending.decrementAndGet();
        active.incrementAndGet();
        return this;
    }

    @Override
    public void rejected(Object submitted) {
        pending.decrementAndGet();
    }

    @Override
    public void end(Object begun, boolean succeeded) {
        active.decrementAndGet();
    }
}
