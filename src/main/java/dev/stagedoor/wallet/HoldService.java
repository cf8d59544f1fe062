package dev.stagedoor.wallet;

import dev.stagedoor.platform.context.Ids;
import dev.stagedoor.platform.db.RecurringWork;
import dev.stagedoor.platform.db.Transaction;
import dev.stagedoor.platform.http.ApiException;
import dev.stagedoor.platform.http.Cursors;
import dev.stagedoor.platform.http.Idempotency;
import dev.stagedoor.platform.http.Idempotency.Outcome;
import dev.stagedoor.platform.http.Page;
import dev.stagedoor.platform.lifecycle.Startup;
import dev.stagedoor.realtime.Outbox;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import org.jboss.logging.Logger;

/** What users do with holds of their own: one sets tokens aside, the other is paid, or lets them go back. */
@ApplicationScoped
class HoldService {

    private static final RecurringWork EXPIRY =
            new RecurringWork(Logger.getLogger(HoldService.class), "Holds do not expire");

    private static final int EXPIRED_AT_ONCE = 200;
    private static final UUID START = new UUID(-1, -1);

    private final Holds holds;
    private final HoldStore store;
    private final Idempotency idempotency;
    private final Outbox outbox;
    private final Cursors cursors;
    private final Startup startup;
    private final Ids ids;
    private final Clock clock;

    HoldService(
            Holds holds,
            HoldStore store,
            Idempotency idempotency,
            Outbox outbox,
            Cursors cursors,
            Startup startup,
            Ids ids,
            Clock clock) {
        this.holds = holds;
        this.store = store;
        this.idempotency = idempotency;
        this.outbox = outbox;
        this.cursors = cursors;
        this.startup = startup;
        this.ids = ids;
        this.clock = clock;
    }

    /** Those that the user pays or is paid, newest first. */
    Uni<Page<HoldView>> list(UUID userId, String cursor, int limit) {
        String list = "holds:" + userId;
        UUID before = cursor == null
                ? START
                : UUID.fromString(cursors.decode(list, cursor).get(0));
        return store.page(userId, before, limit + 1)
                .map(rows -> Page.of(rows, limit, last -> cursors.encode(list, last.id())));
    }

    Uni<HoldView> get(UUID id, UUID userId) {
        return store.find(id, userId).onItem().ifNull().failWith(HoldService::notFound);
    }

    /** Sets tokens aside; they go back by themselves after some time. */
    Uni<Outcome<HoldView>> place(UUID payerId, PlaceHoldRequest request, Idempotency.Key key) {
        if (payerId.equals(request.payeeId())) {
            throw ApiException.invalid("payeeId", "must be someone else");
        }
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        Instant expiresAt = now.plusSeconds(request.expiresInSeconds());
        HoldView hold = HoldView.held(ids.next(), payerId, request.payeeId(), request.amount(), expiresAt, now);
        return outbox.inTransaction((transaction, events) -> idempotency.once(
                transaction, key, request, HoldView.class, () -> holds.place(transaction, events, hold)));
    }

    /** As who is paid, takes tokens, and lets the others go back. */
    Uni<Outcome<HoldView>> capture(UUID id, UUID payeeId, CaptureRequest request, Idempotency.Key key) {
        return outbox.inTransaction((transaction, events) -> idempotency.once(
                transaction,
                key,
                request,
                HoldView.class,
                () -> requireMine(transaction, id, payeeId)
                        .invoke(this::requireInTime)
                        .chain(hold -> holds.settle(transaction, events, hold, request.of(hold)))));
    }

    /** As who would be paid, lets all tokens go back. */
    Uni<Outcome<HoldView>> release(UUID id, UUID payeeId, Idempotency.Key key) {
        return outbox.inTransaction((transaction, events) -> idempotency.once(
                transaction,
                key,
                id,
                HoldView.class,
                () -> requireMine(transaction, id, payeeId).chain(hold -> holds.settle(transaction, events, hold, 0))));
    }

    /** What a session holds is settled by that alone. */
    private Uni<HoldView> requireMine(Transaction transaction, UUID id, UUID payeeId) {
        return holds.lock(transaction, id).invoke(hold -> {
            if (hold == null || hold.expiresAt() == null || !hold.isOf(payeeId)) {
                throw notFound();
            }
            if (!hold.payeeId().equals(payeeId)) {
                throw ApiException.forbidden("Only who is paid captures or releases a hold; else it expires");
            }
        });
    }

    /** It may be about to expire. */
    private void requireInTime(HoldView hold) {
        if (hold.isHeld() && !hold.expiresAt().isAfter(clock.instant())) {
            throw ApiException.conflict("hold-expired", "This hold was not captured in time");
        }
    }

    private static ApiException notFound() {
        return ApiException.notFound("hold");
    }

    @Scheduled(every = "1s", delayed = "1s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> expireDue() {
        return startup.isComplete() ? expireAll() : Uni.createFrom().voidItem();
    }

    private Uni<Void> expireAll() {
        return EXPIRY.attempt(outbox.<Integer>inTransaction(
                        (transaction, events) -> holds.expire(transaction, events, EXPIRED_AT_ONCE))
                .chain(expired -> expired < EXPIRED_AT_ONCE ? Uni.createFrom().voidItem() : expireAll()));
    }
}
