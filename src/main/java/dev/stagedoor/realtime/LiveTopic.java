package dev.stagedoor.realtime;

import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * A topic that connections of this process listen to. Its lock is held to put messages in order and to hand them to the
 * event loops, each of which goes through its own subscriptions.
 */
final class LiveTopic {

    private final String name;
    private final Consumer<LiveTopic> release;
    private final Uni<Void> opened;
    private final Sequence sequence = new Sequence();
    private final Roster roster = new Roster();
    private final Map<Context, Set<Subscription>> loops = new HashMap<>();
    private Position known = Position.START;
    private long lastOrder = Long.MIN_VALUE;
    private boolean isFilling;
    private volatile boolean failedToOpen;

    /** How many want it, while the hub looks for it: guarded by the hub. */
    int wanted;

    /** @param release is told of every subscription that ends */
    LiveTopic(String name, HistoryStore store, Consumer<LiveTopic> release) {
        this.name = name;
        this.release = release;
        this.opened = Uni.createFrom()
                .deferred(() -> store.begin(name))
                .invoke(this::begin)
                .replaceWithVoid()
                .onFailure()
                .invoke(failure -> failedToOpen = true)
                .memoize()
                .until(this::isToOpenAnew);
    }

    private boolean isToOpenAnew() {
        boolean failed = failedToOpen;
        failedToOpen = false;
        return failed;
    }

    String name() {
        return name;
    }

    /** Where a topic is, and who is present there. */
    record Beginning(Position position, List<Member> members) {}

    /** Completes when it is known from where on nothing is missed. */
    Uni<Void> opened() {
        return opened;
    }

    private synchronized void begin(Beginning beginning) {
        if (sequence.last() == null) {
            roster.begin(beginning.members());
            sequence.begin(beginning.position()).forEach(this::deliver);
        }
    }

    /** Adds a subscription; on the receiver's context. */
    synchronized Subscription attach(Receiver receiver) {
        Subscription subscription = new Subscription(this, receiver, sequence.last(), roster.members());
        loops.computeIfAbsent(receiver.context(), loop -> new LinkedHashSet<>()).add(subscription);
        return subscription;
    }

    synchronized List<Member> members() {
        return roster.members();
    }

    /** On the receiver's context. */
    void detach(Subscription subscription) {
        synchronized (this) {
            Context loop = subscription.receiver().context();
            Set<Subscription> subscriptions = loops.get(loop);
            if (subscriptions.remove(subscription) && subscriptions.isEmpty()) {
                loops.remove(loop);
            }
        }
        release.accept(this);
    }

    synchronized void accept(Publication publication) {
        sequence.accept(publication).forEach(this::deliver);
    }

    /** Whether something waits for what is missing before it. */
    synchronized boolean hasGap() {
        return sequence.hasGap();
    }

    synchronized void accept(Signal signal) {
        if (signal.order() == null) {
            toAll(signal);
        } else if (signal.order() > lastOrder) {
            lastOrder = signal.order();
            toAll(signal);
        }
    }

    private void deliver(Publication publication) {
        roster.apply(publication);
        toAll(publication);
    }

    /** The sets belong to the loops: only there are they looked at, here and where they change. */
    private void toAll(Message message) {
        loops.forEach((loop, subscriptions) ->
                loop.runOnContext(ignored -> List.copyOf(subscriptions).forEach(each -> each.receive(message))));
    }

    /** Takes notice that the topic has come to this position, also while something else is looked for. */
    synchronized void knows(Position newest) {
        if (newest.isAfter(known)) {
            known = newest;
        }
    }

    /** Whether to look for what is missing: something is, and nobody does so yet. */
    synchronized boolean beginFilling() {
        boolean begins = !isFilling && (sequence.hasGap() || sequence.isBehind(known));
        isFilling |= begins;
        return begins;
    }

    synchronized void endFilling() {
        isFilling = false;
    }

    synchronized Position last() {
        return sequence.last();
    }

    /** Goes on without what nobody has any more; tells everyone that something was missed. */
    synchronized void giveUp(Beginning now) {
        loops.forEach((loop, subscriptions) ->
                loop.runOnContext(ignored -> List.copyOf(subscriptions).forEach(Subscription::missed)));
        roster.begin(now.members());
        if (!known.isAfter(now.position())) {
            known = Position.START;
        }
        sequence.skip(now.position()).forEach(this::deliver);
    }
}
