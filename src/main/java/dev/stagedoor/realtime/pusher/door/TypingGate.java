package dev.stagedoor.realtime.pusher.door;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.RemovalCause;
import com.github.benmanes.caffeine.cache.Scheduler;
import dev.stagedoor.realtime.Hub;
import dev.stagedoor.realtime.Relay;
import dev.stagedoor.realtime.Signal;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.vertx.core.json.JsonObject;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;

/**
 * That someone types is told once in three seconds at most, however often it is said; and that they type no more, when it
 * was not said for ten.
 */
@ApplicationScoped
// Caffeine finds the classes for what its builder was told by their names.
@RegisterForReflection(
        classNames = {"com.github.benmanes.caffeine.cache.SSMSW", "com.github.benmanes.caffeine.cache.PSWMS"})
class TypingGate {

    /** What a client says, as Laravel Echo names it with {@code whisper("typing")}. */
    static final String TYPING = "client-typing";

    /** What the others are told when it is over: {@code {user_id}}. */
    static final String EXPIRED = "client-typing-expired";

    private static final Duration PAUSE = Duration.ofSeconds(3);
    private static final Duration EXPIRY = Duration.ofSeconds(10);
    private static final int MAX_TYPISTS = 100_000;

    private final Relay relay;
    private final Hub hub;
    private final Cache<Typist, Said> said = Caffeine.newBuilder()
            .maximumSize(MAX_TYPISTS)
            .expireAfterWrite(EXPIRY)
            .scheduler(Scheduler.systemScheduler())
            .executor(Runnable::run)
            .evictionListener(this::ended)
            .build();

    TypingGate(Relay relay, Hub hub) {
        this.relay = relay;
        this.hub = hub;
    }

    void start(@Observes StartupEvent event) {
        hub.onSignalFromElsewhere(signal -> heard(signal, System.nanoTime()));
    }

    private record Typist(String topic, String name) {}

    /**
     * That it was told.
     *
     * @param toldAt when it was last, in nanoseconds
     * @param userId how the typist is named to others
     * @param isElsewhere whether another node told it last, and is to say when it is over
     */
    private record Said(long toldAt, String userId, String socketId, boolean isElsewhere) {}

    /**
     * Whether to tell the others now.
     *
     * @param userId null where it is not known: then the socket stands for the typist
     */
    boolean tells(String topic, String userId, String socketId, long now) {
        Typist typist = typist(topic, userId, socketId);
        Said before = said.getIfPresent(typist);
        boolean tells = before == null || now - before.toldAt() >= PAUSE.toNanos();
        said.put(typist, new Said(tells ? now : before.toldAt(), userId, socketId, !tells && before.isElsewhere()));
        return tells;
    }

    private static Typist typist(String topic, String userId, String socketId) {
        return new Typist(topic, userId == null ? socketId : userId);
    }

    /** What another node tells to the same channel counts here, too. Where both told at once, each says when it is over. */
    void heard(Signal signal, long now) {
        if (!signal.name().equals(TYPING)) {
            return;
        }
        String socketId = signal.exceptSocket();
        Typist typist = typist(signal.topic(), signal.userId(), socketId);
        Said before = said.getIfPresent(typist);
        if (before == null || before.isElsewhere() || now - before.toldAt() >= PAUSE.toNanos()) {
            said.put(typist, new Said(now, signal.userId(), socketId, true));
        }
    }

    private void ended(Typist typist, Said last, RemovalCause cause) {
        if (last.isElsewhere()) {
            return;
        }
        JsonObject data = new JsonObject();
        if (last.userId() != null) {
            data.put("user_id", last.userId());
        }
        relay.send(new Signal(typist.topic(), EXPIRED, data.encode(), null, last.socketId()));
    }
}
