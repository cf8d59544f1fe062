package dev.stagedoor.creator.api;

import dev.stagedoor.platform.db.Transaction;
import dev.stagedoor.realtime.Event;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Books time that a creator has agreed to, whatever the hours are that they offer. */
public interface AgreedSessions {

    /** A booked session; it is kept until {@code holdExpiresAt}, unless who has booked it confirms it. */
    @RegisterForReflection
    @Schema(name = "AgreedSession")
    record AgreedSession(
            @Schema(required = true) UUID id,
            @Schema(required = true) UUID creatorId,
            @Schema(required = true) Instant startsAt,
            @Schema(required = true) Instant endsAt,

            @Schema(required = true, description = "Tokens, held until it is settled", examples = "100")
            long priceTokens,

            @Schema(required = true) Instant holdExpiresAt) {}

    /**
     * Books a session that begins with the time and lasts as long, and costs as much, as this creator's always do. Within the
     * caller's transaction of plain SQL, which must lock nothing afterwards that others lock before.
     *
     * <p>Fails with 400 for a time that is none to begin at, 404 where there is no such creator, 409 where the time is taken, or
     * shorter than a session, or the user has too few tokens.
     *
     * @param events takes what both are told after the commit
     */
    Uni<AgreedSession> book(
            Transaction transaction, Consumer<Event> events, UUID userId, UUID creatorId, Instant start, Instant end);

    /** The tags of what a new session with this creator makes stale. */
    List<String> stale(UUID creatorId);
}
