package dev.stagedoor.availability;

import dev.stagedoor.cache.Caches;
import dev.stagedoor.platform.db.Transaction;
import dev.stagedoor.realtime.Event;
import dev.stagedoor.realtime.Outbox;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** Changes events: of one, one after the other. */
@ApplicationScoped
class GroupEventChanges {

    private final GroupEventStore store;
    private final EventNews news;
    private final Outbox outbox;
    private final Caches caches;
    private final Clock clock;

    GroupEventChanges(GroupEventStore store, EventNews news, Outbox outbox, Caches caches, Clock clock) {
        this.store = store;
        this.news = news;
        this.outbox = outbox;
        this.caches = caches;
        this.clock = clock;
    }

    /** An event that nobody else changes until the transaction ends. */
    record Locked(Transaction transaction, Consumer<Event> events, GroupEvent event, Instant now) {}

    interface Change<T> {
        Uni<T> apply(Locked locked);
    }

    /** Emits what the change gives; fails with 404 where there is no such event. */
    <T> Uni<T> change(String token, Change<T> change) {
        return change(token, change, result -> true);
    }

    /**
     * As {@link #change(String, Change)}.
     *
     * @param isNews whether others are told, by what the change gave
     */
    <T> Uni<T> change(String token, Change<T> change, Predicate<T> isNews) {
        Instant now = now();
        String tag = GroupEventCaches.tag(Keys.hash(token));
        return outbox.<T>inTransaction((transaction, events) -> store.lock(transaction, token, now)
                        .onItem()
                        .ifNull()
                        .failWith(GroupEventService::notFound)
                        .map(event -> new Locked(transaction, events, event, now))
                        .chain(locked -> change.apply(locked).call(result -> tell(locked, isNews.test(result)))))
                .plug(caches.invalidating(List.of(tag)));
    }

    private Uni<Void> tell(Locked locked, boolean isNews) {
        return isNews ? news.changed(locked) : Uni.createFrom().voidItem();
    }

    /** As exact as PostgreSQL keeps it. */
    Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
