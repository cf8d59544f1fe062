package dev.stagedoor.analytics.push;

import dev.stagedoor.analytics.Sample;
import dev.stagedoor.realtime.Relay;
import io.quarkus.runtime.ShutdownEvent;
import io.vertx.core.Vertx;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Tells of stored samples: of a stream at once, and then once in a second at most, what came meanwhile. */
@ApplicationScoped
public class SamplePushes {

    private static final int BEFORE_OTHERS = 100;
    private static final long PAUSE_NANOS = 1_000_000_000;

    /** So late a timer may be without putting off all that follow. */
    private static final long TOLERANCE_NANOS = 100_000_000;

    /** Rows of one message: what is much longer does not go over every way. */
    private static final int ROWS = 30;

    private final Vertx vertx;
    private final Relay relay;

    /** By stream, what waits for the end of a pause; there is an entry as long as there is one. */
    private final Map<UUID, News> pausing = new HashMap<>();

    SamplePushes(Vertx vertx, Relay relay) {
        this.vertx = vertx;
        this.relay = relay;
    }

    /** What is to be told of a stream. */
    private static final class News {
        private final List<Sample> samples = new ArrayList<>();

        /** Whether the newest of the stream is among the samples. */
        private boolean isAhead;

        private void add(List<Sample> more, boolean areAhead) {
            samples.addAll(more);
            isAhead |= areAhead;
        }
    }

    /**
     * Tells of samples of a stream that are committed.
     *
     * @param areAhead whether the newest of the stream is among them
     */
    public void stored(UUID streamId, List<Sample> samples, boolean areAhead) {
        if (!waits(streamId, samples, areAhead)) {
            News news = new News();
            news.add(samples, areAhead);
            push(streamId, news, System.nanoTime());
        }
    }

    /** What waits is told at once: before connections are closed. */
    void stop(@Observes @Priority(BEFORE_OTHERS) ShutdownEvent event) {
        List<UUID> streamIds;
        synchronized (this) {
            streamIds = List.copyOf(pausing.keySet());
        }
        streamIds.forEach(streamId -> pauseEnded(streamId, System.nanoTime()));
    }

    /** Whether it goes later; if not, a pause begins. */
    private synchronized boolean waits(UUID streamId, List<Sample> samples, boolean areAhead) {
        News waiting = pausing.putIfAbsent(streamId, new News());
        if (waiting != null) {
            waiting.add(samples, areAhead);
        }
        return waiting != null;
    }

    /** @param due on the clock of {@link System#nanoTime} */
    private void push(UUID streamId, News news, long due) {
        long pauseEnd = Math.max(due, System.nanoTime() - TOLERANCE_NANOS) + PAUSE_NANOS;
        vertx.setTimer(millisUntil(pauseEnd), timer -> pauseEnded(streamId, pauseEnd));
        List<Sample> samples = news.samples;
        if (news.isAhead) {
            relay.offer(SampleTopics.newest(Collections.max(samples, Comparator.comparingLong(Sample::at))));
        }
        for (int from = 0; from < samples.size(); from += ROWS) {
            relay.offer(SampleTopics.rows(streamId, samples.subList(from, Math.min(samples.size(), from + ROWS))));
        }
    }

    private static long millisUntil(long nanos) {
        return Math.max(1, (nanos - System.nanoTime()) / 1_000_000);
    }

    private void pauseEnded(UUID streamId, long due) {
        News news = next(streamId);
        if (!news.samples.isEmpty()) {
            push(streamId, news, due);
        }
    }

    /** What has come during a pause; where anything has, another begins. */
    private synchronized News next(UUID streamId) {
        News news = pausing.remove(streamId);
        if (news == null) {
            return new News();
        }
        if (!news.samples.isEmpty()) {
            pausing.put(streamId, new News());
        }
        return news;
    }
}
