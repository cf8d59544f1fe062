package dev.stagedoor.realtime;

import dev.stagedoor.platform.context.Ids;
import dev.stagedoor.realtime.LiveTopic.Beginning;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/** Gives what is published to those connections of this process that listen: in order, once, and without gaps. */
@ApplicationScoped
public class Hub {

    private static final Logger LOG = Logger.getLogger(Hub.class);

    /** What comes over several ways comes out of order: a gap usually closes by itself within this time. */
    private static final long GAP_PATIENCE_MILLIS = 50;

    /** Topics that are asked for at once. */
    private static final int TOPICS = 1_000;

    private final Vertx vertx;
    private final HistoryStore store;
    private final History history;
    private final String origin;
    private final AtomicBoolean inDoubt = new AtomicBoolean();
    private final Map<String, LiveTopic> topics = new ConcurrentHashMap<>();
    private final Map<String, Consumer<Signal>> mailboxes = new ConcurrentHashMap<>();
    private final List<Consumer<Signal>> observers = new CopyOnWriteArrayList<>();
    private final HeardSignals heardSignals = new HeardSignals();

    Hub(Vertx vertx, HistoryStore store, History history, Ids ids) {
        this.vertx = vertx;
        this.store = store;
        this.history = history;
        this.origin = ids.next().toString();
    }

    /** Listens to what comes from now on; as {@link #subscribe(String, Receiver, Position)}. */
    public Uni<Subscription> subscribe(String topic, Receiver receiver) {
        return subscribe(topic, receiver, null);
    }

    /**
     * Listens to what came after a position and to what comes. Emits on the receiver's context; nothing is received before
     * {@link Subscription#start}. Fails where PostgreSQL is away, unless others listen to the topic here already.
     *
     * @param after null for none; where what came after it is not kept any more, it counts as none
     */
    public Uni<Subscription> subscribe(String topic, Receiver receiver, Position after) {
        LiveTopic live = retain(topic);
        Executor onItsContext = onContext(receiver.context());
        Uni<Subscription> attached = live.opened()
                .onFailure()
                .invoke(failure -> release(live))
                .invoke(() -> fillIfNeeded(live))
                .emitOn(onItsContext)
                .map(opened -> live.attach(receiver));
        return after == null ? attached : attached.chain(subscription -> replay(subscription, after));
    }

    private Uni<Subscription> replay(Subscription subscription, Position after) {
        return history.replay(subscription, after)
                .emitOn(onContext(subscription.receiver().context()))
                .invoke(replay -> replay.ifPresent(subscription::replaying))
                .replaceWith(subscription)
                .onFailure()
                .invoke(failure -> subscription.cancel());
    }

    private static Executor onContext(Context context) {
        return task -> context.runOnContext(ignored -> task.run());
    }

    private LiveTopic retain(String name) {
        return topics.compute(name, (key, known) -> {
            LiveTopic live = known == null ? new LiveTopic(name, store, this::release) : known;
            live.wanted++;
            return live;
        });
    }

    private void release(LiveTopic live) {
        topics.computeIfPresent(live.name(), (key, known) -> --known.wanted == 0 ? null : known);
    }

    /**
     * Has the signals of other nodes told, of topics that anybody listens to here.
     *
     * @param observer called on any thread, must not block
     */
    public void onSignalFromElsewhere(Consumer<Signal> observer) {
        observers.add(observer);
    }

    /**
     * Has the signals to an address given to one receiver: what is not a topic has no events, and costs no query.
     *
     * @param receiver called on any thread, must not block
     */
    public void openMailbox(String address, Consumer<Signal> receiver) {
        mailboxes.put(address, receiver);
    }

    public void closeMailbox(String address) {
        mailboxes.remove(address);
    }

    /** The last that servers published to a topic in half an hour; emits null where there is none. */
    public Uni<Latest> latest(String topic) {
        return store.latest(topic, Latest.RETENTION);
    }

    /** Takes a publication, from wherever it comes and however often. */
    void accept(Publication publication) {
        LiveTopic live = topics.get(publication.topic());
        if (live == null) {
            return;
        }
        live.accept(publication);
        if (live.hasGap()) {
            fillSoon(live);
        }
    }

    /** As {@link #accept(Publication)}, of what another node sent; read only where anybody listens. */
    void hear(String topic, Position position, String payload) {
        if (topics.containsKey(topic)) {
            accept(Publication.of(topic, position, payload));
        }
    }

    /** As {@link #accept(Signal)}, of what a node sent; what this one sent was given to who listens here when it did. */
    void hear(String topic, String payload) {
        if (topics.containsKey(topic) || mailboxes.containsKey(topic)) {
            Signal.fromElsewhere(origin, topic, payload)
                    .filter(heard -> heardSignals.add(heard.id()))
                    .ifPresent(heard -> acceptFromElsewhere(heard.signal()));
        }
    }

    private void acceptFromElsewhere(Signal signal) {
        if (!post(signal)) {
            accept(signal);
            observers.forEach(observer -> observer.accept(signal));
        }
    }

    /** Names this process to others. */
    String origin() {
        return origin;
    }

    void accept(Signal signal) {
        LiveTopic live = topics.get(signal.topic());
        if (live != null) {
            live.accept(signal);
        }
    }

    /** Gives a signal to the mailbox that it is addressed to; false where that is not here. */
    boolean post(Signal signal) {
        Consumer<Signal> mailbox = mailboxes.get(signal.topic());
        if (mailbox != null) {
            mailbox.accept(signal);
        }
        return mailbox != null;
    }

    private void fillSoon(LiveTopic live) {
        vertx.setTimer(GAP_PATIENCE_MILLIS, timer -> fillIfNeeded(live));
    }

    private void fillIfNeeded(LiveTopic live) {
        if (live.beginFilling()) {
            fill(live);
        }
    }

    /** Takes notice that a topic has come to this position. */
    void accept(String topic, Position newest) {
        LiveTopic live = topics.get(topic);
        if (live != null) {
            live.knows(newest);
            fillIfNeeded(live);
        }
    }

    /** Reads what is missing from PostgreSQL, which has it before anybody speaks of it. */
    private void fill(LiveTopic live) {
        Uni.createFrom()
                .deferred(() -> store.begin(live.name()))
                .chain(now -> fill(live, live.last(), now))
                .eventually(live::endFilling)
                .subscribe()
                .with(done -> fillSoon(live), this::doubt);
    }

    private Uni<Void> fill(LiveTopic live, Position last, Beginning now) {
        Position newest = now.position();
        Position after = last.epoch() == newest.epoch() ? last : new Position(newest.epoch(), 0);
        return store.missed(live.name(), after, History.PAGE)
                .invoke(found -> give(live, after, now, found))
                .replaceWithVoid();
    }

    private static void give(LiveTopic live, Position after, Beginning now, List<Publication> found) {
        boolean isKept = !found.isEmpty() && found.get(0).position().offset() == after.offset() + 1;
        if (isKept) {
            found.forEach(live::accept);
        } else if (after.offset() < now.position().offset()) {
            live.giveUp(now);
        }
    }

    /** Looks whether anything was missed: after what brings it was away. */
    void catchUp() {
        List<String> names = new ArrayList<>(topics.keySet());
        for (int from = 0; from < names.size(); from += TOPICS) {
            store.positions(names.subList(from, Math.min(names.size(), from + TOPICS)))
                    .subscribe()
                    .with(positions -> positions.forEach(this::accept), this::doubt);
        }
    }

    /** What was missed could not be read: it is looked for again. */
    private void doubt(Throwable failure) {
        LOG.debugf("Not caught up: %s", failure.toString());
        inDoubt.set(true);
    }

    /** Whether something may have been missed that was not found yet; the caller looks again. */
    boolean takeDoubt() {
        return inDoubt.getAndSet(false);
    }

    /** How many topics are listened to here. */
    int topics() {
        return topics.size();
    }
}
