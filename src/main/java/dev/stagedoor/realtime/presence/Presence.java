package dev.stagedoor.realtime.presence;

import dev.stagedoor.platform.context.EventLoops;
import dev.stagedoor.platform.db.DatabaseFailures;
import dev.stagedoor.realtime.Event;
import dev.stagedoor.realtime.Outbox;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/**
 * Who is present in a topic, on all nodes together: a user is from the first connection anywhere to the end of the last.
 * Coming and going are publications of the topic, in order with all others.
 *
 * <p>A node writes only when the first of its connections of a user comes, or the last goes; what comes to be written
 * while it writes is written together.
 */
@ApplicationScoped
public class Presence {

    /** A user came: {@code {user_id, user_info, version, count}}. The Pusher protocol's own name, as no client may use it. */
    public static final String ADDED = "pusher_internal:member_added";

    /** A user went: {@code {user_id, version, count}}. */
    public static final String REMOVED = "pusher_internal:member_removed";

    private static final Logger LOG = Logger.getLogger(Presence.class);

    /** How long someone may be gone whom others take for present. */
    public static final Duration GRACE = Duration.ofSeconds(3);

    private static final int MAX_BATCH = 500;
    private static final Duration RETRY_PAUSE = Duration.ofMillis(500);

    private final Vertx vertx;
    private final Node node;
    private final PresenceStore store;
    private final Outbox outbox;
    private final List<Consumer<List<Event>>> listeners = new CopyOnWriteArrayList<>();
    private final Map<Key, Local> locals = new HashMap<>();
    private final Map<Key, Change> pending = new LinkedHashMap<>();
    private boolean isWriting;

    Presence(Vertx vertx, Node node, PresenceStore store, Outbox outbox) {
        this.vertx = vertx;
        this.node = node;
        this.store = store;
        this.outbox = outbox;
        node.onRegistered(this::sayAgain);
    }

    private record Key(String topic, String userId) {}

    /** The connections of a user to a topic on this node. */
    private static final class Local {
        private final String info;
        private int connections;
        private Future<Void> written;

        Local(String info) {
            this.info = info;
        }
    }

    /** What is to be written of a user; done once it is. */
    record Change(String topic, String userId, String info, boolean isPresent, Promise<Void> written) {}

    /**
     * Counts a connection. Emits once all know that the user is present.
     *
     * @param info JSON, or null
     */
    public Uni<Void> join(String topic, String userId, String info) {
        Future<Void> written = count(new Key(topic, userId), info);
        return EventLoops.backToCaller(Uni.createFrom().completionStage(written::toCompletionStage));
    }

    private synchronized Future<Void> count(Key key, String info) {
        Local local = locals.computeIfAbsent(key, absent -> new Local(info));
        if (++local.connections == 1) {
            local.written = write(key, local.info, true);
        }
        return local.written;
    }

    /** Counts a connection less, and writes it as soon as it can. */
    public synchronized void leave(String topic, String userId) {
        Key key = new Key(topic, userId);
        Local local = locals.get(key);
        if (local != null && --local.connections == 0) {
            locals.remove(key);
            Future<Void> written = write(key, null, false);
            written.onFailure(failure -> LOG.debugf("%s is not gone from %s", userId, topic));
        }
    }

    private Future<Void> write(Key key, String info, boolean isPresent) {
        Change waiting = pending.get(key);
        Promise<Void> written = waiting == null ? Promise.promise() : waiting.written();
        pending.put(key, new Change(key.topic(), key.userId(), info, isPresent, written));
        if (!isWriting) {
            isWriting = true;
            vertx.runOnContext(ignored -> writePending());
        }
        return written.future();
    }

    /** What this node has said before counts no more: another took it for dead. */
    private synchronized void sayAgain() {
        locals.forEach((key, local) -> local.written = write(key, local.info, true));
    }

    private void writePending() {
        List<Change> batch = nextBatch();
        if (batch.isEmpty()) {
            return;
        }
        outbox.inTransaction((transaction, events) ->
                        store.change(transaction, node.id(), batch).invoke(changed -> changed.forEach(events)))
                .subscribe()
                .with(changed -> written(batch, changed), failure -> notWritten(batch, failure));
    }

    private synchronized List<Change> nextBatch() {
        List<Change> batch = new ArrayList<>();
        Iterator<Change> waiting = pending.values().iterator();
        while (waiting.hasNext() && batch.size() < MAX_BATCH) {
            batch.add(waiting.next());
            waiting.remove();
        }
        isWriting = !batch.isEmpty();
        return batch;
    }

    private void written(List<Change> batch, List<Event> changed) {
        batch.forEach(change -> change.written().tryComplete());
        try {
            tell(changed);
        } finally {
            writePending();
        }
    }

    /** Tells of comings and goings that are committed. */
    void tell(List<Event> changed) {
        if (!changed.isEmpty()) {
            listeners.forEach(listener -> listener.accept(changed));
        }
    }

    /**
     * Has comings and goings told once, on the node that wrote them.
     *
     * @param listener must not block
     */
    public void onChange(Consumer<List<Event>> listener) {
        listeners.add(listener);
    }

    /**
     * Which of these comings and goings of the last seconds remain where someone who is gone for less than {@link #GRACE}
     * counts as never gone; of a going that is to be known after that time.
     */
    public Uni<List<Event>> lasting(List<Event> changed) {
        return store.lasting(changed, GRACE);
    }

    /** It is tried again until it is written, or its opposite. */
    private void notWritten(List<Change> batch, Throwable failure) {
        LOG.logf(
                DatabaseFailures.isUnavailable(failure) ? Logger.Level.DEBUG : Logger.Level.WARN,
                "Presence is not written: %s",
                failure.toString());
        node.check();
        batch.forEach(this::writeLater);
        vertx.setTimer(RETRY_PAUSE.toMillis(), timer -> writePending());
    }

    private synchronized void writeLater(Change change) {
        Change newer = pending.putIfAbsent(new Key(change.topic(), change.userId()), change);
        if (newer != null && newer.written() != change.written()) {
            newer.written().future().onSuccess(done -> change.written().tryComplete());
        }
    }

    /** Who is present in a topic, by their ids. */
    public Uni<List<String>> users(String topic) {
        return store.users(topic);
    }

    /** How many users are present in each of these topics; none of which nobody is. */
    public Uni<Map<String, Integer>> counts(List<String> topics) {
        return store.counts(topics);
    }

    /** Whether there is nothing left to write. */
    synchronized boolean isSettled() {
        return pending.isEmpty() && !isWriting;
    }
}
