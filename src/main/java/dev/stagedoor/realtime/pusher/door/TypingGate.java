package dev.stagedoor.realtime.pusher.door;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.RemovalCause;
import com.github.benmanes.caffeine.cache.Scheduler;
import dev.stagedoor.realtime.Relay;
import dev.stagedoor.realtime.Signal;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.vertx.core.json.JsonObject;
import jakarta.enterprise.context.ApplicationScoped;
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
    private final Cache<Typist, Said> said = Caffeine.newBuilder()
            .maximumSize(MAX_TYPISTS)
            .expireAfterWrite(EXPIRY)
            .scheduler(Scheduler.systemScheduler())
            .executor(Runnable::run)
            .evictionListener(this::ended)
            .build();

    TypingGate(Relay relay) {
        this.relay = relay;
    }

    private record Typist(String topic, String name) {}

    /** When it was told last, in nanoseconds, and how the typist is named to others. */
    private record Said(long toldAt, String userId, String socketId) {}

    /**
     * Whether to tell the others now.
     *
     * @param userId null where it is not known: then the socket stands for the typist
     */
    boolean tells(String topic, String userId, String socketId, long now) {
        Typist typist = new Typist(topic, userId == null ? socketId : userId);
        Said before = said.getIfPresent(typist);
        boolean tells = before == null || now - before.toldAt() >= PAUSE.toNanos();
        said.put(typist, new Said(tells ? now : before.toldAt(), userId, socketId));
        return tells;
    }

    private void ended(Typist typist, Said last, RemovalCause cause) {
        JsonObject data = new JsonObject();
        if (last.userId() != null) {
            data.put("user_id", last.userId());
        }
        relay.send(new Signal(typist.topic(), EXPIRED, data.encode(), null, last.socketId()));
    }
}
