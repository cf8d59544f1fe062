package dev.stagedoor.realtime;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/** Brings what is committed to the connections of this process at once, and to all nodes: over Redis, or PostgreSQL. */
@ApplicationScoped
public class Relay {

    private static final Logger LOG = Logger.getLogger(Relay.class);

    private final Hub hub;
    private final RedisBus redis;
    private final NotifyBus notifications;
    private final HistoryStore store;

    Relay(Hub hub, RedisBus redis, NotifyBus notifications, HistoryStore store) {
        this.hub = hub;
        this.redis = redis;
        this.notifications = notifications;
        this.store = store;
    }

    /** Sends publications of any topics; those of each in order. Nobody waits for it. */
    void send(List<Publication> publications) {
        publications.forEach(hub::accept);
        Map<String, List<Publication>> byTopic = publications.stream()
                .collect(Collectors.groupingBy(Publication::topic, LinkedHashMap::new, Collectors.toList()));
        byTopic.values().forEach(this::sendAll);
    }

    private void sendAll(List<Publication> ofTopic) {
        append(ofTopic).subscribe().with(done -> {}, failure -> notifications.send(ofTopic));
    }

    /** Appends them to what Redis has of their topic, after what it lacks before them. */
    Uni<Void> append(List<Publication> ofTopic) {
        return redis.append(ofTopic)
                .chain(last -> last.isEmpty() ? done() : fill(ofTopic.get(0).topic(), last.get()));
    }

    private Uni<Void> fill(String topic, Position last) {
        return store.missed(topic, last, History.PAGE).chain(found -> fill(topic, last, found));
    }

    /** Page after page; where what follows is not kept any more, Redis begins anew with what is. */
    private Uni<Void> fill(String topic, Position last, List<Publication> found) {
        if (found.isEmpty()) {
            return done();
        }
        boolean follows = found.get(0).position().offset() == last.offset() + 1;
        Uni<Void> appended = (follows ? done() : redis.forget(topic)).chain(() -> append(found));
        return found.size() < History.PAGE
                ? appended
                : appended.chain(() -> fill(topic, found.get(found.size() - 1).position()));
    }

    private static Uni<Void> done() {
        return Uni.createFrom().voidItem();
    }

    /** Sends a signal, which who is not reached does not hear. */
    public void send(Signal signal) {
        hub.accept(signal);
        tellOthers(signal);
    }

    /** As {@link #send(Signal)}, of what is so much that other nodes do without while Redis is away. */
    public void offer(Signal signal) {
        hub.accept(signal);
        redis.send(signal, hub.origin()).subscribe().with(done -> {}, Relay::forgive);
    }

    private static void forgive(Throwable failure) {
        LOG.debugf("Other nodes were not told: %s", failure.toString());
    }

    /** Sends a signal to the one mailbox of its address, on whatever node that is. */
    public void post(Signal signal) {
        if (!hub.post(signal)) {
            tellOthers(signal);
        }
    }

    private void tellOthers(Signal signal) {
        redis.send(signal, hub.origin()).subscribe().with(done -> {}, failure -> notifications.send(signal));
    }

    /** Whether what other nodes say comes over Redis now. */
    boolean isOverRedis() {
        return redis.isUsable();
    }

    /** Whether Redis lacks something of these topics. */
    Uni<Boolean> isMissingAny(Map<String, Position> newest) {
        return redis.behind(newest).map(behind -> !behind.isEmpty());
    }

    /** What of these topics Redis lacks is sent; emits the publications that it lacked. */
    Uni<List<Publication>> sendMissing(Map<String, Position> newest) {
        return redis.behind(newest)
                .onItem()
                .transformToMulti(behind -> Multi.createFrom().iterable(behind.entrySet()))
                .onItem()
                .transformToUniAndConcatenate(entry -> sendMissing(entry.getKey(), entry.getValue()))
                .collect()
                .asList()
                .map(lists -> lists.stream().flatMap(Collection::stream).toList());
    }

    /** Page after page. */
    private Uni<List<Publication>> sendMissing(String topic, Position last) {
        return store.missed(topic, last, History.PAGE)
                .invoke(found -> LOG.debugf("%d events of %s were not relayed", found.size(), topic))
                .call(found -> found.isEmpty() ? done() : append(found))
                .chain(found -> found.size() < History.PAGE
                        ? Uni.createFrom().item(found)
                        : sendMissing(topic, found.get(found.size() - 1).position())
                                .map(next -> concat(found, next)));
    }

    private static List<Publication> concat(List<Publication> first, List<Publication> next) {
        return Stream.concat(first.stream(), next.stream()).toList();
    }
}
