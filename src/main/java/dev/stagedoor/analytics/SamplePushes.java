package dev.stagedoor.analytics;

import dev.stagedoor.realtime.Relay;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;

/** Tells of stored samples: of a stream at once, and then once in a second at most, what came meanwhile. */
@ApplicationScoped
class SamplePushes {

    private static final long PAUSE_MILLIS = 1_000;

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

    /**
     * What is to be told of a stream.
     *
     * @param isAhead whether the newest of the stream is among the samples
     */
    private record News(List<Sample> samples, boolean isAhead) {

        private static final News NONE = new News(List.of(), false);

        private News and(News more) {
            return new News(
                    Stream.concat(samples.stream(), more.samples.stream()).toList(), isAhead || more.isAhead);
        }
    }

    /**
     * Tells of samples of a stream that are committed.
     *
     * @param isAhead whether the newest of the stream is among them
     */
    void stored(UUID streamId, List<Sample> samples, boolean isAhead) {
        News news = new News(samples, isAhead);
        if (!waits(streamId, news)) {
            push(streamId, news);
        }
    }

    /** Whether it goes later; if not, a pause begins. */
    private synchronized boolean waits(UUID streamId, News news) {
        boolean isPausing = pausing.containsKey(streamId);
        pausing.merge(streamId, isPausing ? news : News.NONE, News::and);
        return isPausing;
    }

    private void push(UUID streamId, News news) {
        vertx.setTimer(PAUSE_MILLIS, timer -> pauseEnded(streamId));
        List<Sample> samples = news.samples();
        if (news.isAhead()) {
            relay.send(SampleTopics.newest(Collections.max(samples, Comparator.comparingLong(Sample::at))));
        }
        for (int from = 0; from < samples.size(); from += ROWS) {
            relay.send(SampleTopics.rows(streamId, samples.subList(from, Math.min(samples.size(), from + ROWS))));
        }
    }

    private void pauseEnded(UUID streamId) {
        News news = next(streamId);
        if (!news.samples().isEmpty()) {
            push(streamId, news);
        }
    }

    /** What has come during a pause; where anything has, another begins. */
    private synchronized News next(UUID streamId) {
        News news = pausing.remove(streamId);
        if (!news.samples().isEmpty()) {
            pausing.put(streamId, News.NONE);
        }
        return news;
    }
}
