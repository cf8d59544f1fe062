package dev.stagedoor.cache;

import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import org.jboss.logging.Logger;

/** Remembers in Redis which keys are read most, and reads those of the last hour on a node that starts. */
@ApplicationScoped
class Warming {

    private static final Logger LOG = Logger.getLogger(Warming.class);

    private static final Duration COUNT_EVERY = Duration.ofMinutes(1);
    private static final Duration LOOK_EVERY = Duration.ofMillis(100);

    /** After which a start without Redis stays as cold as it is. */
    private static final Duration LOOK_FOR = Duration.ofMinutes(1);

    private final Caches caches;
    private final CacheConfig config;
    private final Vertx vertx;
    private final Clock clock;

    Warming(Caches caches, CacheConfig config, Vertx vertx, Clock clock) {
        this.caches = caches;
        this.config = config;
        this.vertx = vertx;
        this.clock = clock;
    }

    /** After all caches are made. */
    void start(@Observes @Priority(Integer.MAX_VALUE) StartupEvent event) {
        if (config.warmKeys() > 0) {
            vertx.setPeriodic(COUNT_EVERY.toMillis(), timer -> count());
            begin(LOOK_FOR);
        }
    }

    private void begin(Duration patience) {
        if (caches.isRedisUsable()) {
            warm();
        } else if (!patience.isNegative()) {
            vertx.setTimer(LOOK_EVERY.toMillis(), timer -> begin(patience.minus(LOOK_EVERY)));
        }
    }

    void count() {
        Map<String, Integer> popular = caches.core().popular(config.warmKeys());
        if (!popular.isEmpty()) {
            caches.second().count(hour(), popular);
        }
    }

    private long hour() {
        return clock.instant().getEpochSecond() / Duration.ofHours(1).toSeconds();
    }

    void warm() {
        Future<Map<String, Double>> last = caches.second().popular(hour() - 1, config.warmKeys());
        Future<Map<String, Double>> current = caches.second().popular(hour(), config.warmKeys());
        Future.all(last, current)
                .onSuccess(read -> warmNext(mostRead(last.result(), current.result()), 0))
                .onFailure(failure -> LOG.debugf("Not warmed: %s", failure.toString()));
    }

    private Iterator<String> mostRead(Map<String, Double> some, Map<String, Double> others) {
        Map<String, Double> sums = new HashMap<>(some);
        others.forEach((key, hits) -> sums.merge(key, hits, Double::sum));
        return sums.entrySet().stream()
                .sorted(Map.Entry.<String, Double>comparingByValue().reversed())
                .limit(config.warmKeys())
                .map(Map.Entry::getKey)
                .iterator();
    }

    /** One after the other: who asks meanwhile comes first. */
    private void warmNext(Iterator<String> keys, int warmed) {
        if (!keys.hasNext()) {
            LOG.infof("Warmed %d entries of the cache", warmed);
            return;
        }
        caches.warm(keys.next())
                .subscribe()
                .with(
                        isWarm -> vertx.runOnContext(next -> warmNext(keys, warmed + (isWarm ? 1 : 0))),
                        failure -> vertx.runOnContext(next -> warmNext(keys, warmed)));
    }
}
