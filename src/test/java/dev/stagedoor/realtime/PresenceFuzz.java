package dev.stagedoor.realtime;

import dev.stagedoor.support.LoadBalancer;
import dev.stagedoor.support.Nodes;
import dev.stagedoor.support.PusherSocket;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Users that come and go at random, with several connections each, over all nodes; and one observer of all on each. */
final class PresenceFuzz implements AutoCloseable {

    private static final int USERS = 30;
    private static final int MOST_CONNECTIONS = 80;
    private static final int CHANNELS = 3;

    /** Between steps, in nanoseconds: short enough that many are under way at the same time. */
    private static final long PAUSE = 5_000_000;

    private final long seed = ThreadLocalRandom.current().nextLong();
    private final Random random = new Random(seed);
    private final Nodes nodes;
    private final LoadBalancer balancer;
    private final List<String> channels;
    private final List<Guest> guests = new ArrayList<>();
    private final List<Observer> observers = new ArrayList<>();
    private final List<String> sentAway = new ArrayList<>();
    private int steps;

    PresenceFuzz(Nodes nodes, LoadBalancer balancer) {
        this.nodes = nodes;
        this.balancer = balancer;
        String prefix = "presence-fuzz-" + Long.toUnsignedString(seed, 36) + "-";
        this.channels = IntStream.range(0, CHANNELS).mapToObj(i -> prefix + i).toList();
        IntStream.range(0, nodes.count()).forEach(this::observe);
    }

    /** A connection of a user, and the channels that it is in. */
    private record Guest(String userId, PusherSocket socket, Set<String> channels) {}

    /** Has every channel observed on a node; again, after that was away. */
    void observe(int node) {
        channels.forEach(
                channel -> observers.add(new Observer(nodes.url(node), channel, "observer-" + node + "-" + steps)));
    }

    void run(int count) {
        for (int i = 0; i < count; i++) {
            step();
            steps++;
            LockSupport.parkNanos(PAUSE);
        }
    }

    private void step() {
        guests.removeIf(this::hasGone);
        int dice = random.nextInt(100);
        if (guests.isEmpty() || (dice < 40 && guests.size() < MOST_CONNECTIONS)) {
            come();
            return;
        }
        Guest guest = guests.get(random.nextInt(guests.size()));
        if (dice < 70) {
            enterOrLeave(guest);
        } else if (dice < 85) {
            guest.socket().close();
        } else {
            guest.socket().abort();
        }
    }

    /** With the code of who closes it, or none where its node is killed: nobody is sent away. */
    private boolean hasGone(Guest guest) {
        if (guest.socket().isOpen()) {
            return false;
        }
        int code = guest.socket().closed().join();
        if (code != PusherSocket.NORMAL && code != PusherSocket.ABNORMAL) {
            sentAway.add(guest.userId() + " was closed with " + code);
        }
        return true;
    }

    private void come() {
        String url = random.nextBoolean() ? balancer.url() : nodes.url(random.nextInt(nodes.count()));
        Optional<PusherSocket> socket = PusherSocket.connect(url, event -> {})
                .handle((opened, refused) -> Optional.ofNullable(opened))
                .join();
        socket.ifPresent(opened -> {
            Guest guest = new Guest("user-" + random.nextInt(USERS), opened, new HashSet<>());
            guests.add(guest);
            enterOrLeave(guest);
        });
    }

    private void enterOrLeave(Guest guest) {
        String channel = channels.get(random.nextInt(CHANNELS));
        if (guest.channels().remove(channel)) {
            guest.socket().unsubscribe(channel);
        } else {
            guest.channels().add(channel);
            guest.socket().join(channel, guest.userId());
        }
    }

    /** Who must be seen in each channel now. */
    Map<String, Set<String>> present() {
        Map<String, Set<String>> present = new TreeMap<>();
        channels.forEach(channel -> present.put(channel, new TreeSet<>()));
        guests.stream()
                .filter(guest -> guest.socket().isOpen())
                .forEach(guest ->
                        guest.channels().forEach(channel -> present.get(channel).add(guest.userId())));
        openObservers().forEach(observer -> present.get(observer.channel()).add(observer.name()));
        return present;
    }

    List<Observer> openObservers() {
        return observers.stream().filter(Observer::isOpen).toList();
    }

    /** What any observer was told and cannot be. */
    List<String> complaints() {
        return Stream.concat(sentAway.stream(), observers.stream().flatMap(observer -> observer.complaints().stream()))
                .toList();
    }

    @Override
    public String toString() {
        return "fuzz with seed " + seed;
    }

    @Override
    public void close() {
        guests.forEach(guest -> guest.socket().close());
        observers.forEach(Observer::close);
    }
}
