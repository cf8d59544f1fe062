package dev.stagedoor.realtime;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;

/** Publishes for tests, and waits until it is committed. */
@ApplicationScoped
public class Publisher {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Outbox outbox;
    private final Relay relay;

    Publisher(Outbox outbox, Relay relay) {
        this.outbox = outbox;
        this.relay = relay;
    }

    /** Data is a text, or becomes JSON. */
    public void publish(String topic, String name, Object data) {
        publish(Event.of(topic, name, data, List.of()));
    }

    public void publish(Event event) {
        assertThat(outbox.publish(List.of(event)).subscribeAsCompletionStage()).succeedsWithin(PATIENCE);
    }

    /** Publishes the numbers from one to the other. */
    public void count(String topic, int from, int to) {
        for (int i = from; i <= to; i++) {
            publish(topic, "counted", Integer.toString(i));
        }
    }

    public void say(Signal signal) {
        relay.send(signal);
    }
}
