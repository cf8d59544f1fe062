package dev.stagedoor.livestream.api;

import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.UUID;

/**
 * Has something to do when a stream ends or goes, within the transaction of Panache in which it does; where it fails, the
 * stream stays as it was.
 */
public interface LiveStreamListener {

    Uni<Void> ended(UUID streamId, Instant at);

    Uni<Void> deleted(UUID streamId);
}
