package dev.stagedoor.realtime.sse;

import dev.stagedoor.realtime.Flusher;
import dev.stagedoor.realtime.Message;
import dev.stagedoor.realtime.Position;
import dev.stagedoor.realtime.Publication;
import dev.stagedoor.realtime.Receiver;
import dev.stagedoor.realtime.Revocation;
import dev.stagedoor.realtime.Room;
import dev.stagedoor.realtime.Subscription;
import dev.stagedoor.realtime.access.Listener;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.impl.ContextInternal;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;

/** The response of one client, which does not end before one of both goes. To be used on its context only. */
final class SseStream implements Receiver {

    private static final Logger LOG = Logger.getLogger(SseStream.class);

    /** What may wait to be read by the client, in bytes: beyond, it has to come again. */
    private static final int QUEUE = 1 << 20;

    /** How long a client waits before it comes again. */
    private static final String BEGIN = "retry: 1000\n: welcome\n\n";

    private static final String HEARTBEAT = ":\n\n";

    private final Context context;
    private final HttpServerResponse response;
    private final Runnable cutOff;
    private final SseMeters meters;
    private final List<Subscription> subscriptions = new ArrayList<>();
    private final Room room = new Room();
    private final Flusher flusher;
    private final List<ByteBuf> written = new ArrayList<>();
    private Listener listener = Listener.NOBODY;
    private Bookmark bookmark;
    private boolean isToEnd;
    private boolean isClosed;

    /** @param cutOff ends the response where nothing more can be written */
    SseStream(Context context, HttpServerResponse response, Runnable cutOff, SseMeters meters) {
        this.context = context;
        this.response = response;
        this.cutOff = cutOff;
        this.meters = meters;
        this.flusher = new Flusher(((ContextInternal) context).nettyEventLoop(), this::send);
    }

    @Override
    public Context context() {
        return context;
    }

    void identify(Listener who) {
        listener = who;
    }

    void add(Subscription subscription) {
        if (isClosed) {
            subscription.cancel();
        } else {
            subscriptions.add(subscription);
        }
    }

    /**
     * Begins to write: what has to be read anew, where the client is, what it missed, what comes.
     *
     * @param isResumed whether the client was here before
     * @param asked the positions that it was at, in the order of the channels; empty where nobody knows
     */
    void begin(List<String> channels, boolean isResumed, List<Position> asked) {
        if (isClosed) {
            return;
        }
        subscriptions.sort(
                (one, other) -> Integer.compare(channels.indexOf(one.topic()), channels.indexOf(other.topic())));
        bookmark = new Bookmark(channels, positions(asked));
        begin();
        if (isResumed) {
            subscriptions.stream()
                    .filter(subscription -> !subscription.isRecovered())
                    .forEach(this::reset);
        }
        write(
                true,
                EventForm.event(
                        "ready",
                        new JsonObject()
                                .put("channels", new JsonArray(channels))
                                .encode()));
        subscriptions.forEach(Subscription::start);
        if (isToEnd) {
            end();
        }
    }

    /** What is recovered comes after the position that was asked for: who goes before it came must ask so again. */
    private List<Position> positions(List<Position> asked) {
        List<Position> positions = new ArrayList<>();
        for (int i = 0; i < subscriptions.size(); i++) {
            Subscription subscription = subscriptions.get(i);
            positions.add(subscription.isRecovered() ? asked.get(i) : subscription.position());
        }
        return positions;
    }

    private void begin() {
        response.setWriteQueueMaxSize(QUEUE);
        response.drainHandler(drained -> room.made());
        response.setChunked(true);
        response.putHeader("Content-Type", "text/event-stream");
        response.putHeader("Cache-Control", "no-store");
        // nginx would collect events before it passes them on.
        response.putHeader("X-Accel-Buffering", "no");
        write(Buffer.buffer(BEGIN));
    }

    @Override
    public void receive(Subscription subscription, Message message) {
        if (message instanceof Publication publication) {
            bookmark.advance(publication.topic(), publication.position());
        }
        Optional<String> revoked = Revocation.userId(message);
        if (revoked.isEmpty()) {
            write(message instanceof Publication, message.as(EventForm.INSTANCE));
        } else if (listener.is(revoked.get())) {
            // The client comes again, and is refused.
            end();
        }
    }

    /** The client comes again, and is told what is not kept any more. */
    @Override
    public void missed(Subscription subscription) {
        end();
    }

    /** Whatever the client knows of the channel, it has to read anew. */
    private void reset(Subscription subscription) {
        write(
                true,
                EventForm.event(
                        "reset",
                        new JsonObject().put("channel", subscription.topic()).encode()));
    }

    private void write(boolean hasId, Buffer event) {
        if (isClosed) {
            return;
        }
        if (response.writeQueueFull()) {
            meters.dropped();
            LOG.debug("A stream is not read fast enough");
            close();
            cutOff.run();
            return;
        }
        meters.sent(event.length());
        if (hasId) {
            add(Buffer.buffer("id: " + bookmark + "\n"));
        }
        write(event);
    }

    private void write(Buffer bytes) {
        add(bytes);
        flusher.written(bytes.length());
    }

    @SuppressWarnings("deprecation") // Of all ways to read a buffer, this one alone copies nothing.
    private void add(Buffer bytes) {
        written.add(bytes.getByteBuf());
    }

    @SuppressWarnings("deprecation") // Of all ways to make a buffer, this one alone copies nothing.
    private void send() {
        Buffer all = Buffer.buffer(Unpooled.wrappedBuffer(written.size(), written.toArray(ByteBuf[]::new)));
        written.clear();
        response.write(all).onFailure(gone -> close());
    }

    /** Says that this process is there, and notices whether the client is; ends what the credential does not allow any more. */
    void heartbeat(Instant now) {
        if (listener.hasExpired(now)) {
            end();
        } else if (!isClosed && bookmark != null && !response.writeQueueFull()) {
            write(Buffer.buffer(HEARTBEAT));
        }
    }

    @Override
    public Future<Void> drained() {
        return room.awaited(isClosed || !response.writeQueueFull());
    }

    /** Ends the response; the client comes again by itself. */
    void end() {
        isToEnd = true;
        if (!isClosed && bookmark != null) {
            flusher.flush();
            close();
            response.end().onFailure(gone -> LOG.debugf("Gone before the end: %s", gone.toString()));
        }
    }

    /** Nothing is written any more. */
    void close() {
        if (!isClosed) {
            isClosed = true;
            subscriptions.forEach(Subscription::cancel);
        }
    }
}
