package dev.stagedoor.realtime.socket;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;

/** Counts what goes over WebSockets. */
@ApplicationScoped
class SocketMeters {

    private final Counter messagesIn;
    private final Counter messagesOut;
    private final Counter bytesIn;
    private final Counter bytesOut;
    private final Counter drops;

    SocketMeters(MeterRegistry registry) {
        this.messagesIn = counter(registry, "websocket_messages", "in", null);
        this.messagesOut = counter(registry, "websocket_messages", "out", null);
        this.bytesIn = counter(registry, "websocket_bytes", "in", "bytes");
        this.bytesOut = counter(registry, "websocket_bytes", "out", "bytes");
        this.drops = Counter.builder("websocket_drops")
                .description("Connections closed since they were not read fast enough")
                .register(registry);
    }

    private static Counter counter(MeterRegistry registry, String name, String direction, String unit) {
        return Counter.builder(name)
                .tag("direction", direction)
                .baseUnit(unit)
                .description("Text messages, before compression")
                .register(registry);
    }

    void received(int bytes) {
        messagesIn.increment();
        bytesIn.increment(bytes);
    }

    void sent(int bytes) {
        messagesOut.increment();
        bytesOut.increment(bytes);
    }

    void dropped() {
        drops.increment();
    }
}
