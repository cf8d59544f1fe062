package dev.stagedoor.creator.session;

import dev.stagedoor.creator.CreatorTags;
import dev.stagedoor.creator.Slot;
import dev.stagedoor.creator.api.AgreedSessions;
import dev.stagedoor.platform.db.Transaction;
import dev.stagedoor.realtime.Event;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;

/** Books what was agreed elsewhere. */
@ApplicationScoped
class AgreedBookings implements AgreedSessions {

    private final Bookings bookings;

    AgreedBookings(Bookings bookings) {
        this.bookings = bookings;
    }

    @Override
    public Uni<AgreedSession> book(
            Transaction transaction, Consumer<Event> events, UUID userId, UUID creatorId, Instant start, Instant end) {
        return bookings.bookAgreed(transaction, events, userId, creatorId, new Slot(start, end))
                .map(AgreedBookings::agreed);
    }

    private static AgreedSession agreed(SessionView session) {
        return new AgreedSession(
                session.id(),
                session.creatorId(),
                session.startsAt(),
                session.endsAt(),
                session.priceTokens(),
                session.holdExpiresAt());
    }

    @Override
    public List<String> stale(UUID creatorId) {
        return List.of(CreatorTags.slots(creatorId));
    }
}
