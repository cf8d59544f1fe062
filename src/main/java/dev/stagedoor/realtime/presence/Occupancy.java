package dev.stagedoor.realtime.presence;

import dev.stagedoor.platform.db.DatabaseFailures;
import dev.stagedoor.realtime.presence.OccupancyStore.Count;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/**
 * How many connections listen to topics, on all nodes together, and whether any do: a topic stays occupied for some seconds
 * after the last has gone, so that nobody hears of a client that only comes back, perhaps to another node.
 *
 * <p>A node counts in memory, and writes what has changed together, some times a second at most.
 */
@ApplicationScoped
public class Occupancy {

    private static final Logger LOG = Logger.getLogger(Occupancy.class);

    private static final Duration GRACE = Duration.ofSeconds(3);
    private static final Duration PAUSE = Duration.ofMillis(250);
    private static final Duration RETRY_PAUSE = Duration.ofMillis(500);
    private static final int MAX_BATCH = 500;

    private final Vertx vertx;
    private final Clock clock;
    private final Node node;
    private final OccupancyStore store;
    private final List<Consumer<List<Change>>> listeners = new CopyOnWriteArrayList<>();
    private final Map<String, Local> locals = new HashMap<>();
    private final Set<String> changed = new LinkedHashSet<>();

    /** Since when nobody listens to a topic here, in milliseconds; the earliest first. */
    private final Map<String, Long> emptySince = new LinkedHashMap<>();

    private boolean isWriting;
    private boolean isWaiting;

    Occupancy(Vertx vertx, Clock clock, Node node, OccupancyStore store) {
        this.vertx = vertx;
        this.clock = clock;
        this.node = node;
        this.store = store;
        node.onRegistered(this::sayAgain);
    }

    /** What this node has of a topic. */
    private static final class Local {
        private int subscribers;

        /** Whether there may be a row of it. */
        private boolean isWritten;
    }

    /**
     * What a topic has come to on all nodes.
     *
     * @param before how many listened
     * @param now how many listen
     */
    public record Change(String topic, int before, int now, boolean wasOccupied, boolean isOccupied) {}

    /**
     * Has changes told once, on the node that makes them.
     *
     * @param listener must not block
     */
    public void onChange(Consumer<List<Change>> listener) {
        listeners.add(listener);
    }

    /** A connection of this node listens to the topic from now on. Any thread may say so. */
    public synchronized void entered(String topic) {
        locals.computeIfAbsent(topic, absent -> new Local()).subscribers++;
        emptySince.remove(topic);
        write(topic);
    }

    /** A connection that had entered listens no more. Any thread may say so. */
    public synchronized void left(String topic) {
        Local local = locals.get(topic);
        if (local == null || local.subscribers == 0) {
            return;
        }
        local.subscribers--;
        if (local.subscribers > 0 || local.isWritten) {
            write(topic);
        }
        if (local.subscribers == 0) {
            empty(topic, local);
        }
    }

    private void empty(String topic, Local local) {
        if (!local.isWritten) {
            forget(topic);
            return;
        }
        emptySince.put(topic, clock.millis());
        if (!isWaiting) {
            isWaiting = true;
            vertx.setTimer(GRACE.toMillis(), timer -> giveUpEmpty());
        }
    }

    private void forget(String topic) {
        locals.remove(topic);
        changed.remove(topic);
        emptySince.remove(topic);
    }

    /** What nobody came back to in time is vacated. */
    private synchronized void giveUpEmpty() {
        long limit = clock.millis() - GRACE.toMillis();
        List<String> vacated = emptySince.entrySet().stream()
                .takeWhile(entry -> entry.getValue() <= limit)
                .map(Map.Entry::getKey)
                .toList();
        vacated.forEach(emptySince::remove);
        vacated.forEach(this::write);
        isWaiting = !emptySince.isEmpty();
        if (isWaiting) {
            long first = emptySince.values().iterator().next();
            vertx.setTimer(first - limit, timer -> giveUpEmpty());
        }
    }

    private void write(String topic) {
        changed.add(topic);
        if (!isWriting) {
            isWriting = true;
            vertx.runOnContext(ignored -> writeChanged());
        }
    }

    /** What this node has written before is gone: another took it for dead. */
    private synchronized void sayAgain() {
        List.copyOf(locals.keySet()).forEach(this::write);
    }

    private void writeChanged() {
        List<Count> batch = nextBatch();
        if (!batch.isEmpty()) {
            store.write(node.id(), batch)
                    .subscribe()
                    .with(changes -> written(batch, changes), failure -> notWritten(batch, failure));
        }
    }

    private synchronized List<Count> nextBatch() {
        List<Count> batch = new ArrayList<>();
        Iterator<String> waiting = changed.iterator();
        while (waiting.hasNext() && batch.size() < MAX_BATCH) {
            batch.add(count(waiting.next()));
            waiting.remove();
        }
        isWriting = !batch.isEmpty();
        return batch;
    }

    private Count count(String topic) {
        Local local = locals.get(topic);
        boolean isGone = local.subscribers == 0 && !emptySince.containsKey(topic);
        local.isWritten = !isGone;
        return new Count(topic, isGone ? null : local.subscribers);
    }

    private void written(List<Count> batch, List<Change> changes) {
        forgetGone(batch);
        vertx.setTimer(batch.size() < MAX_BATCH ? PAUSE.toMillis() : 1, timer -> writeChanged());
        tell(changes);
    }

    private synchronized void forgetGone(List<Count> batch) {
        batch.stream()
                .filter(count -> count.subscribers() == null)
                .map(Count::topic)
                .filter(this::isUnused)
                .forEach(this::forget);
    }

    private boolean isUnused(String topic) {
        Local local = locals.get(topic);
        return local != null && local.subscribers == 0 && !local.isWritten;
    }

    /** Tells of changes that are committed. */
    void tell(List<Change> changes) {
        if (!changes.isEmpty()) {
            listeners.forEach(listener -> listener.accept(changes));
        }
    }

    /** It is tried again until it is written, as it is then. */
    private void notWritten(List<Count> batch, Throwable failure) {
        LOG.logf(
                DatabaseFailures.isUnavailable(failure) ? Logger.Level.DEBUG : Logger.Level.WARN,
                "Occupancy is not written: %s",
                failure.toString());
        node.check();
        writeLater(batch);
        vertx.setTimer(RETRY_PAUSE.toMillis(), timer -> writeChanged());
    }

    private synchronized void writeLater(List<Count> batch) {
        batch.forEach(count -> {
            Local local = locals.computeIfAbsent(count.topic(), absent -> new Local());
            local.isWritten = true;
            changed.add(count.topic());
        });
    }

    /** How many listen to each of these topics; none of which nobody does. */
    public Uni<Map<String, Integer>> counts(Collection<String> topics) {
        return store.counts(topics);
    }

    /** How many listen to each topic whose name begins so; none of which nobody does. */
    public Uni<Map<String, Integer>> countsOfPrefix(String prefix) {
        return store.countsOfPrefix(prefix);
    }

    /** Whether there is nothing left to write. */
    synchronized boolean isSettled() {
        return changed.isEmpty() && emptySince.isEmpty() && !isWriting;
    }
}
