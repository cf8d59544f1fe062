package dev.stagedoor.analytics;

import dev.stagedoor.realtime.Relay;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

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

    /** Tells of samples of a stream that are committed, in order of time. */
    void stored(UUID streamId, List<Sample> samples) {
        if (!waits(streamId, samples)) {
            push(streamId, samples);
        }
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
        relay.send(SampleTopics.newest(Collections.max(samples, Comparator.comparingLong(Sample::at))));
        for (int from = 0; from < samples.size(); from += ROWS) {
            relay.send(SampleTopics.rows(streamId, samples.subList(from, Math.min(samples.size(), from + ROWS))));
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
