package dev.stagedoor.analytics;

import dev.stagedoor.realtime.Relay;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;

/** Tells of stored samples: of a stream at once, and then once in a second at most, what came meanwhile. */
@ApplicationScoped
class SamplePushes {

    private static final long PAUSE_MILLIS = 1_000;

    /** Rows of one message: what is much longer does not go over every way. */
    private static final int ROWS = 50;

    private final Vertx vertx;
    private final Relay relay;

    /** By stream, what waits for the end of a pause; there is an entry as long as there is one. */
    private final Map<UUID, List<Sample>> pausing = new HashMap<>();

    SamplePushes(Vertx vertx, Relay relay) {
        this.vertx = vertx;
        this.relay = relay;
    }

    /** Tells of samples that are committed. */
    void stored(List<Sample> samples) {
        samples.stream().collect(Collectors.groupingBy(Sample::streamId)).forEach((streamId, ofStream) -> {
            if (!waits(streamId, ofStream)) {
                push(streamId, ofStream);
            }
        });
    }

    /** Whether they go later; if not, a pause begins. */
    private synchronized boolean waits(UUID streamId, List<Sample> samples) {
        List<Sample> waiting = pausing.putIfAbsent(streamId, new ArrayList<>());
        if (waiting != null) {
            waiting.addAll(samples);
        }
        return waiting != null;
    }

    private void push(UUID streamId, List<Sample> samples) {
        vertx.setTimer(PAUSE_MILLIS, timer -> pauseEnded(streamId));
        List<Sample> inOrder =
                samples.stream().sorted(Comparator.comparingLong(Sample::at)).toList();
        relay.send(SampleTopics.newest(inOrder.get(inOrder.size() - 1)));
        for (int from = 0; from < inOrder.size(); from += ROWS) {
            relay.send(SampleTopics.rows(streamId, inOrder.subList(from, Math.min(inOrder.size(), from + ROWS))));
        }
    }

    private void pauseEnded(UUID streamId) {
        List<Sample> waiting = next(streamId);
        if (!waiting.isEmpty()) {
            push(streamId, waiting);
        }
    }

    /** What has come during a pause; where anything has, another begins. */
    private synchronized List<Sample> next(UUID streamId) {
        List<Sample> waiting = pausing.remove(streamId);
        if (!waiting.isEmpty()) {
            pausing.put(streamId, new ArrayList<>());
        }
        return waiting;
    }
}
