package dev.stagedoor.realtime;

import dev.stagedoor.support.PusherSocket;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/** A client of the Pusher door, which recovers by the extension {@code recover: {epoch, offset}}. */
final class PusherFollower extends Follower {

    private final Supplier<String> url;
    private final String channel;
    private volatile PusherSocket socket;
    private volatile boolean knowsPosition;
    private long epoch;
    private long offset;

    PusherFollower(Supplier<String> url, String channel) {
        this.url = url;
        this.channel = channel;
    }

    @Override
    CompletableFuture<?> connect() {
        return PusherSocket.connect(url.get(), this::hear).thenCompose(opened -> {
            socket = opened;
            opened.subscribe(channel, epoch, offset);
            return opened.closed();
        });
    }

    private void hear(PusherSocket.Event event) {
        if (event.is(PusherSocket.SUBSCRIBED, channel)) {
            subscribed(event);
        } else if (event.frame().containsKey("offset")) {
            moved(event);
        }
    }

    private void subscribed(PusherSocket.Event event) {
        if (!knowsPosition) {
            epoch = event.frame().getLong("epoch");
            offset = event.frame().getLong("offset");
            knowsPosition = true;
        } else if (!event.frame().getBoolean("recovered")) {
            complain("not recovered from " + epoch + "-" + offset + ": " + event.frame());
        }
    }

    private void moved(PusherSocket.Event event) {
        long newOffset = event.frame().getLong("offset");
        if (newOffset != offset + 1) {
            complain("offset " + newOffset + " after " + offset);
        }
        epoch = event.frame().getLong("epoch");
        offset = newOffset;
        if (event.name().equals("message.created")) {
            got(Integer.parseInt(event.data().getString("text")));
        }
    }

    @Override
    boolean isReady() {
        return knowsPosition;
    }

    @Override
    public void close() {
        stop();
        if (socket != null) {
            socket.close();
        }
    }
}
