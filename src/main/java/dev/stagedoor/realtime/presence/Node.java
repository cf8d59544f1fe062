package dev.stagedoor.realtime.presence;

import dev.stagedoor.platform.context.Ids;
import dev.stagedoor.platform.lifecycle.StartupTask;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jboss.logging.Logger;

/** This process among all: it beats, and where it was taken for dead, says again what it has. */
@ApplicationScoped
class Node implements StartupTask {

    private static final Logger LOG = Logger.getLogger(Node.class);

    /** A beat that is missed, and half of the next. */
    private static final Duration LATE = Duration.ofSeconds(5);

    private final NodeStore store;
    private final UUID id;
    private final List<Runnable> onRegistered = new CopyOnWriteArrayList<>();
    private volatile boolean isRegistered;
    private volatile boolean mustSayAgain;
    private volatile long lastBeat = System.nanoTime();
    private volatile long steadySince = System.nanoTime();

    Node(NodeStore store, Ids ids) {
        this.store = store;
        this.id = ids.next();
    }

    UUID id() {
        return id;
    }

    /** @param action says what this node has, which nobody knows of any more */
    void onRegistered(Runnable action) {
        onRegistered.add(action);
    }

    @Override
    public int order() {
        return BOOTSTRAP;
    }

    @Override
    public Uni<Void> run() {
        return store.register(id).invoke(() -> isRegistered = true);
    }

    /** Four times within the silence after which it counts as dead. */
    @Scheduled(every = "2s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> beat() {
        return isRegistered
                ? store.beat(id)
                        .invoke(this::beaten)
                        .chain(isKnown -> isKnown ? Uni.createFrom().voidItem() : registerAnew())
                        .invoke(this::sayAgain)
                        .onFailure()
                        .invoke(failure -> LOG.debugf("No beat: %s", failure.toString()))
                        .onFailure()
                        .recoverWithNull()
                : Uni.createFrom().voidItem();
    }

    private void beaten() {
        long now = System.nanoTime();
        if (now - lastBeat > LATE.toNanos()) {
            steadySince = now;
        }
        lastBeat = now;
    }

    /**
     * Whether it has beaten without a pause for as long as silence takes to count as death: after PostgreSQL was away, all
     * are silent, and none is dead.
     */
    boolean isSteady() {
        long now = System.nanoTime();
        return now - lastBeat < LATE.toNanos() && now - steadySince > Reaper.SILENCE.toNanos();
    }

    private Uni<Void> registerAnew() {
        LOG.warn("This process was taken for dead; it says anew who is connected to it");
        // Before: the answer may be lost, and the next beat finds that all is well.
        mustSayAgain = true;
        return store.register(id);
    }

    private void sayAgain() {
        if (mustSayAgain) {
            mustSayAgain = false;
            onRegistered.forEach(Runnable::run);
        }
    }

    /** Beats now: perhaps it was taken for dead. */
    void check() {
        beat().subscribe().with(done -> {});
    }
}
