package dev.stagedoor.realtime.supabase;

import dev.stagedoor.platform.db.DatabaseFailures;
import dev.stagedoor.realtime.Signal;
import dev.stagedoor.realtime.socket.Frame;
import dev.stagedoor.realtime.socket.RateLimit;
import dev.stagedoor.realtime.socket.Socket;
import dev.stagedoor.realtime.socket.SocketHandler;
import io.netty.buffer.ByteBufUtil;
import io.quarkus.security.AuthenticationFailedException;
import io.smallrye.mutiny.CompositeException;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/**
 * One client of Supabase Realtime: joins and leaves, heartbeats, access tokens, broadcasts, and changes of the tables that
 * are published. Presence is not kept: who asks for it is told that nobody is there. What is not known is answered with an
 * error.
 */
final class SupabaseClient implements SocketHandler {

    private static final Logger LOG = Logger.getLogger(SupabaseClient.class);

    private static final int MAX_JOINS = 100;
    private static final int MAX_FRAMES_PER_SECOND = 100;

    /** In bytes. */
    private static final int MAX_FRAME = 64 << 10;

    private static final int MAX_EVENT = 200;
    private static final int MAX_BROADCAST = 10 << 10;
    private static final int BROADCASTS_AT_ONCE = 30;
    private static final int BROADCASTS_PER_SECOND = 10;

    /** For a frame that says too much (RFC 6455, 7.4.1). */
    private static final int TOO_BIG = 1009;

    /** As other doors close; this client comes again after every code. */
    private static final int ELSEWHERE = 4200;

    private static final int SILENT = 4201;

    private final Socket socket;
    private final Phrase.Version version;
    private final String id;
    private final String apiKey;
    private final Joins joins;
    private final Map<String, JoinedChannel> channels = new HashMap<>();
    private final RateLimit broadcasts = new RateLimit(BROADCASTS_AT_ONCE, BROADCASTS_PER_SECOND, System.nanoTime());
    private long windowBegan = System.nanoTime();
    private int framesInWindow;

    /** @param apiKey what the connection was opened with: an access token, or what identifies nobody */
    SupabaseClient(Socket socket, Phrase.Version version, String id, String apiKey, Joins joins) {
        this.socket = socket;
        this.version = version;
        this.id = id;
        this.apiKey = apiKey;
        this.joins = joins;
    }

    Phrase.Version version() {
        return version;
    }

    String id() {
        return id;
    }

    Context context() {
        return socket.context();
    }

    Future<Void> drained() {
        return socket.drained();
    }

    void send(Phrase phrase) {
        socket.send(phrase.encode(version));
    }

    void send(Frame frame) {
        socket.send(frame);
    }

    @Override
    public void received(String text) {
        received(ByteBufUtil.utf8Bytes(text), () -> Phrase.parse(version, text));
    }

    @Override
    public void receivedBinary(Buffer bytes) {
        received(bytes.length(), () -> Phrase.parse(version, bytes));
    }

    private void received(int size, Supplier<Phrase> reader) {
        if (size > MAX_FRAME) {
            socket.close(TOO_BIG, "A frame has more than 64 KiB");
        } else if (isTooFast()) {
            socket.close(Socket.OVER_CAPACITY, "More than " + MAX_FRAMES_PER_SECOND + " frames in a second");
        } else {
            answer(reader);
        }
    }

    private boolean isTooFast() {
        long now = System.nanoTime();
        if (now - windowBegan >= TimeUnit.SECONDS.toNanos(1)) {
            windowBegan = now;
            framesInWindow = 0;
        }
        return ++framesInWindow > MAX_FRAMES_PER_SECOND;
    }

    private void answer(Supplier<Phrase> reader) {
        Phrase phrase = new Phrase(null, null, "phoenix", "", new JsonObject());
        try {
            phrase = reader.get();
            answer(phrase);
        } catch (Refusal refusal) {
            send(phrase.refuse(refusal.getMessage()));
        }
    }

    private void answer(Phrase phrase) {
        JoinedChannel channel = channels.get(phrase.topic());
        switch (phrase.event()) {
            case "heartbeat" -> heartbeat(phrase);
            case "phx_join" -> join(phrase, channel);
            case "phx_leave" -> leave(phrase, channel);
            case "access_token" -> renew(phrase, joined(phrase, channel));
            case "broadcast" -> broadcast(phrase, joined(phrase, channel));
            case "presence" -> throw new Refusal("presence is not kept here");
            default -> throw new Refusal("the event is not known");
        }
    }

    private static JoinedChannel joined(Phrase phrase, JoinedChannel channel) {
        if (channel == null || !channel.isOf(phrase) || !channel.hasBegun()) {
            throw new Refusal("unmatched topic");
        }
        return channel;
    }

    private void heartbeat(Phrase phrase) {
        if (!phrase.topic().equals("phoenix")) {
            throw new Refusal("heartbeats are of the topic phoenix");
        }
        send(phrase.reply("ok", new JsonObject()));
    }

    private void join(Phrase phrase, JoinedChannel before) {
        JoinedChannel channel = JoinedChannel.of(this, phrase, joins.tables());
        if (before != null) {
            close(before);
        } else if (channels.size() >= MAX_JOINS) {
            throw new Refusal("a connection takes part in up to " + MAX_JOINS + " channels");
        }
        channels.put(channel.topic(), channel);
        String token = channel.request().accessToken();
        joins.admit(channel, token == null ? apiKey : token, apiKey)
                .invoke(listener -> channel.identify(listener, joins.millisLeft(listener)))
                .chain(() -> joins.subscribe(channel))
                .chain(() -> joins.admitAgain(channel))
                .subscribe()
                .with(done -> joined(channel), failure -> notJoined(channel, failure));
    }

    private void joined(JoinedChannel channel) {
        if (channels.get(channel.topic()) == channel) {
            channel.begin();
        } else {
            channel.end();
        }
    }

    private void notJoined(JoinedChannel channel, Throwable failure) {
        if (channels.get(channel.topic()) == channel) {
            forget(channel);
            channel.refused(reason(failure));
        } else {
            channel.end();
        }
    }

    private static String reason(Throwable failure) {
        if (failure instanceof Refusal) {
            return failure.getMessage();
        }
        if (failure instanceof AuthenticationFailedException) {
            return "the access token is not valid";
        }
        Throwable cause =
                failure instanceof CompositeException all ? all.getCauses().get(0) : failure;
        if (!DatabaseFailures.isUnavailable(cause)) {
            LOG.error("Unexpected failure", failure);
        }
        return "this cannot be done now, try again";
    }

    private void leave(Phrase phrase, JoinedChannel channel) {
        send(phrase.reply("ok", new JsonObject()));
        if (channel != null && channel.isOf(phrase)) {
            close(channel);
        }
    }

    private void close(JoinedChannel channel) {
        forget(channel);
        channel.tell("phx_close", new JsonObject());
    }

    /** Ends the channel without a word. */
    void forget(JoinedChannel channel) {
        if (channels.remove(channel.topic(), channel)) {
            channel.end();
        }
    }

    /** A token that does not allow any more what was joined ends it. */
    private void renew(Phrase phrase, JoinedChannel channel) {
        if (!(phrase.payload().getValue("access_token") instanceof String token)) {
            throw new Refusal("there is no access token");
        }
        joins.admit(channel, token, apiKey)
                .invoke(listener -> channel.identify(listener, joins.millisLeft(listener)))
                .chain(() -> joins.admitAgain(channel))
                .subscribe()
                .with(done -> send(phrase.reply("ok", new JsonObject())), failure -> notRenewed(channel, failure));
    }

    /** Who was sent away from one of its topics may be let in again, or for another reason. */
    void admitAgain(JoinedChannel channel) {
        joins.admitAgain(channel).subscribe().with(done -> {}, failure -> revoke(channel, reason(failure)));
    }

    private void notRenewed(JoinedChannel channel, Throwable failure) {
        String reason = reason(failure);
        if (!DatabaseFailures.isUnavailable(failure)) {
            revoke(channel, reason);
        }
    }

    /** Ends a channel that is not for this client any more; it does not try again. */
    void revoke(JoinedChannel channel, String reason) {
        if (channels.get(channel.topic()) == channel) {
            channel.system("system", "error", reason);
            close(channel);
        }
    }

    private void broadcast(Phrase phrase, JoinedChannel channel) {
        JsonObject payload = phrase.payload();
        if (!(payload.getValue("event") instanceof String event) || event.isEmpty() || event.length() > MAX_EVENT) {
            throw new Refusal("a broadcast has an event of 1 to " + MAX_EVENT + " characters, and a payload of JSON");
        }
        String json = payload.containsKey("payload") ? Json.encode(payload.getValue("payload")) : "{}";
        if (json.length() > MAX_BROADCAST || !broadcasts.allows(System.nanoTime())) {
            throw new Refusal("a connection broadcasts at most 10 KiB, and 10 times a second");
        }
        JoinRequest request = channel.request();
        joins.broadcast(new Signal(channel.broadcastTopic(), event, json, null, request.hearsItself() ? null : id));
        if (request.wantsAnswers()) {
            send(phrase.reply("ok", new JsonObject()));
        }
    }

    @Override
    public void closed() {
        List.copyOf(channels.values()).forEach(this::forget);
    }

    /** Clients say something every 25 seconds by themselves. */
    @Override
    public void askWhetherAlive() {}

    @Override
    public int silentCode() {
        return SILENT;
    }

    @Override
    public int drainCode() {
        return ELSEWHERE;
    }
}
