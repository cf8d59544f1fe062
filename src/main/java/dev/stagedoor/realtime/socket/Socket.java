package dev.stagedoor.realtime.socket;

import dev.stagedoor.realtime.Flusher;
import dev.stagedoor.realtime.Room;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.handler.codec.http.websocketx.CorruptedWebSocketFrameException;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import io.netty.handler.codec.http.websocketx.WebSocketFrameEncoder;
import io.netty.handler.codec.http.websocketx.extensions.WebSocketExtensionEncoder;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.impl.ContextInternal;
import java.time.Duration;
import org.jboss.logging.Logger;

/** One WebSocket. To be used on its context only. */
public final class Socket {

    private static final Logger LOG = Logger.getLogger(Socket.class);

    /** Close code of Pusher's for "come back later": the client reads too slowly, or says too much. */
    public static final int OVER_CAPACITY = 4100;

    /** What may wait to be read by the client: beyond, it is closed. */
    private static final WriteBufferWaterMark QUEUE = new WriteBufferWaterMark(256 << 10, 1 << 20);

    private static final Duration CLOSING_PATIENCE = Duration.ofSeconds(5);

    private final ServerWebSocket webSocket;
    private final Vertx vertx;
    private final SocketMeters meters;
    private final Room room = new Room();
    private final Context context;
    private final Channel channel;
    private final ChannelHandlerContext encoder;
    private final boolean takesCompressed;
    private final Flusher flusher;
    private SocketHandler handler;
    private boolean isClosing;
    private boolean wasAsked;
    private long heardAt;

    Socket(ServerWebSocket webSocket, Channel channel, Vertx vertx, SocketMeters meters) {
        this.webSocket = webSocket;
        this.vertx = vertx;
        this.meters = meters;
        this.context = ((ContextInternal) vertx.getOrCreateContext()).unwrap();
        this.channel = channel;
        this.encoder = channel.pipeline().context(WebSocketFrameEncoder.class);
        this.flusher = new Flusher(channel.eventLoop(), encoder::flush);
        this.takesCompressed = channel.pipeline().context(WebSocketExtensionEncoder.class) != null;
        channel.config().setWriteBufferWaterMark(QUEUE);
        webSocket.drainHandler(drained -> room.made());
    }

    void handledBy(SocketHandler door) {
        this.handler = door;
    }

    SocketHandler handler() {
        return handler;
    }

    /** The context of the event loop, the same as long as it is open. */
    public Context context() {
        return context;
    }

    public void send(String text) {
        send(Frame.text(text));
    }

    /** Sends a frame; closes the socket where too much waits to be read already. */
    public void send(Frame frame) {
        if (isClosing) {
            return;
        }
        if (!channel.isWritable()) {
            meters.dropped();
            close(OVER_CAPACITY, "Too much waits to be read");
            return;
        }
        meters.sent(frame.size());
        write(frame.bytes(takesCompressed));
    }

    /** Past the encoders: the frame is in the wire's form already. That it fails shows by the socket's end. */
    @SuppressWarnings("FutureReturnValueIgnored")
    private void write(ByteBuf bytes) {
        int length = bytes.readableBytes();
        encoder.write(bytes, encoder.voidPromise());
        flusher.written(length);
    }

    /** Succeeds once a quarter of the queue or less waits to be read. */
    public Future<Void> drained() {
        return room.awaited(channel.isWritable());
    }

    /** Says why, and closes; a client that does not read even that is cut off. */
    public void close(int code, String reason) {
        if (isClosing) {
            return;
        }
        isClosing = true;
        webSocket
                .close((short) code, reason)
                .onFailure(failure -> LOG.debugf("Closed before it could be said: %s", failure.toString()));
        vertx.setTimer(CLOSING_PATIENCE.toMillis(), timer -> cutOff());
    }

    @SuppressWarnings("FutureReturnValueIgnored") // It shows by the socket's end.
    void cutOff() {
        if (channel.isActive()) {
            channel.config().setAutoRead(false);
            // Past Vert.x, which would first write what nobody reads.
            channel.pipeline().firstContext().close();
        }
    }

    boolean isClosing() {
        return isClosing;
    }

    /**
     * Says what is wrong with the client's frames, if that is what failed. After a frame that is none, nothing more is read,
     * not even that the client has gone.
     */
    void failed(Throwable failure) {
        LOG.debugf("WebSocket failed: %s", failure.toString());
        // Vert.x has no type of its own for a frame that is too big; who is cut off does not hear the code.
        WebSocketCloseStatus status = failure instanceof CorruptedWebSocketFrameException corrupted
                ? corrupted.closeStatus()
                : WebSocketCloseStatus.MESSAGE_TOO_BIG;
        close(status.code(), status.reasonText());
    }

    void heard(long now) {
        heardAt = now;
        wasAsked = false;
    }

    /** Asks who was silent for long; closes who does not answer. */
    void look(long now, Duration silence, Duration patience) {
        long silent = now - heardAt;
        if (!wasAsked && silent > silence.toNanos()) {
            wasAsked = true;
            handler.askWhetherAlive();
        } else if (wasAsked && silent > silence.plus(patience).toNanos()) {
            close(handler.silentCode(), "No answer to a ping");
        }
    }

    /** The other end is asked to go elsewhere. */
    void drain() {
        close(handler.drainCode(), "This server stops");
    }
}
