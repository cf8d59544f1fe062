package dev.stagedoor.realtime.presence;

import dev.stagedoor.platform.db.Transaction;
import dev.stagedoor.realtime.Event;
import dev.stagedoor.realtime.Outbox;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/** Says goodbye for processes that died: whoever was connected to them is gone. */
@ApplicationScoped
class Reaper {

    private static final Logger LOG = Logger.getLogger(Reaper.class);

    /** With the two seconds between looks, whom a dead process had are gone within 15 seconds. */
    static final Duration SILENCE = Duration.ofSeconds(8);

    private final Node node;
    private final NodeStore nodes;
    private final PresenceStore presenceStore;
    private final Presence presence;
    private final OccupancyStore occupancyStore;
    private final Occupancy occupancy;
    private final Outbox outbox;

    Reaper(
            Node node,
            NodeStore nodes,
            PresenceStore presenceStore,
            Presence presence,
            OccupancyStore occupancyStore,
            Occupancy occupancy,
            Outbox outbox) {
        this.node = node;
        this.nodes = nodes;
        this.presenceStore = presenceStore;
        this.presence = presence;
        this.occupancyStore = occupancyStore;
        this.occupancy = occupancy;
        this.outbox = outbox;
    }

    /** What was taken away with a dead process. */
    private record Gone(List<Event> members, List<Occupancy.Change> topics) {}

    @Scheduled(every = "2s", delayed = "2s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> reap() {
        return isSomeoneDead()
                .chain(isAny -> isAny ? reapDead() : Uni.createFrom().voidItem())
                .onFailure()
                .invoke(failure -> LOG.debugf("Not looked for dead nodes: %s", failure.toString()))
                .onFailure()
                .recoverWithNull();
    }

    private Uni<Boolean> isSomeoneDead() {
        return node.isSteady() ? nodes.isAnyDead(SILENCE) : Uni.createFrom().item(false);
    }

    private Uni<Void> reapDead() {
        return outbox.inTransaction((transaction, events) -> nodes.dead(transaction, SILENCE)
                        .onItem()
                        .ifNotNull()
                        .transformToUni(dead -> bury(transaction, dead, events)))
                .onItem()
                .ifNotNull()
                .transformToUni(gone -> tell(gone).chain(this::reapDead));
    }

    private Uni<Gone> bury(Transaction transaction, UUID node, Consumer<Event> events) {
        LOG.infof("Process %s is gone, and who was connected to it", node);
        return presenceStore
                .goingOf(transaction, node)
                .chain(going -> presenceStore.change(transaction, node, going))
                .invoke(changed -> changed.forEach(events))
                .chain(members -> occupancyStore.remove(transaction, node).map(topics -> new Gone(members, topics)))
                .call(gone -> nodes.remove(transaction, node));
    }

    private Uni<Void> tell(Gone gone) {
        presence.tell(gone.members());
        occupancy.tell(gone.topics());
        return Uni.createFrom().voidItem();
    }
}
