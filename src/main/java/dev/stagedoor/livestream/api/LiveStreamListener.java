package dev.stagedoor.livestream.api;

import dev.stagedoor.realtime.Event;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * Has something to do when a stream ends or goes, or when who takes part in it changes, within the transaction of Panache in
 * which that happens; where it fails, nothing has happened.
 */
public interface LiveStreamListener {

    default Uni<Void> ended(UUID streamId, Instant at) {
        return Uni.createFrom().voidItem();
    }

    default Uni<Void> deleted(UUID streamId) {
        return Uni.createFrom().voidItem();
    }

    /**
     * Someone was invited, has accepted, left, was removed, or takes part otherwise than before.
     *
     * @param isInCharge whether they are a host or moderator now, who has accepted and not left
     * @param events takes what is to be told once that is committed
     */
    default Uni<Void> participantChanged(UUID streamId, UUID userId, boolean isInCharge, Consumer<Event> events) {
        return Uni.createFrom().voidItem();
    }
}
