package dev.stagedoor.realtime;

import dev.stagedoor.support.PusherSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Keeps who is present in a channel as a client is told it, and complains of what it is told and cannot be. */
final class Observer implements AutoCloseable {

    private final String name;
    private final String channel;
    private final Set<String> members = new TreeSet<>();
    private final List<String> complaints = new ArrayList<>();
    private final PusherSocket socket;
    private long version = -1;

    /** Is itself present under its name, and subscribed. */
    Observer(String url, String channel, String name) {
        this.name = name;
        this.channel = channel;
        this.socket = PusherSocket.connect(url, this::hear).join();
        socket.join(channel, name);
        PusherSocket unused = socket.awaitSubscribed(channel);
    }

    private synchronized void hear(PusherSocket.Event event) {
        if (!channel.equals(event.channel())) {
            return;
        }
        switch (event.name()) {
            case PusherSocket.SUBSCRIBED ->
                event.data().getJsonObject("presence").getJsonArray("ids").forEach(id -> members.add((String) id));
            case PusherSocket.ADDED -> changed(event, members.add(event.data().getString("user_id")));
            case PusherSocket.REMOVED ->
                changed(event, members.remove(event.data().getString("user_id")));
            default -> complaints.add(name + " was told " + event.frame());
        }
    }

    private void changed(PusherSocket.Event event, boolean isNews) {
        long newVersion = event.data().getLong("version");
        int count = event.data().getInteger("count");
        if (!isNews || newVersion <= version || count != members.size()) {
            complaints.add(
                    "%s has version %d and %s, and was told %s".formatted(name, version, members, event.frame()));
        }
        version = newVersion;
    }

    String channel() {
        return channel;
    }

    String name() {
        return name;
    }

    synchronized Set<String> members() {
        return new TreeSet<>(members);
    }

    /** What was wrong; empty where nothing was. */
    synchronized List<String> complaints() {
        return List.copyOf(complaints);
    }

    boolean isOpen() {
        return socket.isOpen();
    }

    @Override
    public void close() {
        socket.close();
    }
}
