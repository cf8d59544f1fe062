package dev.stagedoor.realtime.sse;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.atomic.AtomicInteger;

/** Counts streams, and what goes over them. */
@ApplicationScoped
class SseMeters {

    private final AtomicInteger open = new AtomicInteger();
    private final Counter events;
    private final Counter bytes;
    private final Counter drops;

    SseMeters(MeterRegistry registry) {
        Gauge.builder("sse_connections_active", open, AtomicInteger::get)
                .description("Open streams of Server-Sent Events")
                .register(registry);
        this.events = Counter.builder("sse_events")
                .description("Events sent over streams")
                .register(registry);
        this.bytes = Counter.builder("sse_bytes")
                .baseUnit("bytes")
                .description("What these events have, without their ids")
                .register(registry);
        this.drops = Counter.builder("sse_drops")
                .description("Streams ended since they were not read fast enough")
                .register(registry);
    }

    void opened() {
        open.incrementAndGet();
    }

    void closed() {
        open.decrementAndGet();
    }

    void sent(int size) {
        events.increment();
        bytes.increment(size);
    }

    void dropped() {
        drops.increment();
    }
}
