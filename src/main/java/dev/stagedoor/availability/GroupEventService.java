package dev.stagedoor.availability;

import dev.stagedoor.availability.SeenEvent.Question;
import dev.stagedoor.cache.Cached;
import dev.stagedoor.platform.context.Ids;
import dev.stagedoor.platform.http.ApiException;
import dev.stagedoor.platform.http.Idempotency;
import dev.stagedoor.platform.http.Idempotency.Outcome;
import dev.stagedoor.realtime.Outbox;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** Makes group events, and shows when most can. */
@ApplicationScoped
class GroupEventService {

    private final GroupEventStore store;
    private final GroupEventCaches caches;
    private final GroupEventChanges changes;
    private final Idempotency idempotency;
    private final Outbox outbox;
    private final KeyMaker keys;
    private final Ids ids;
    private final EventConfig config;

    GroupEventService(
            GroupEventStore store,
            GroupEventCaches caches,
            GroupEventChanges changes,
            Idempotency idempotency,
            Outbox outbox,
            KeyMaker keys,
            Ids ids,
            EventConfig config) {
        this.store = store;
        this.caches = caches;
        this.changes = changes;
        this.idempotency = idempotency;
        this.outbox = outbox;
        this.keys = keys;
        this.ids = ids;
        this.config = config;
    }

    /** @param ownerId null for who is not signed in */
    Uni<Outcome<CreatedEventView>> create(UUID ownerId, EventSettingsRequest request, Idempotency.Key key) {
        EventSettings settings = RequestedSettings.of(request);
        if (settings.isPastDeadline(changes.now())) {
            throw ApiException.invalid("deadline", "must be in the future");
        }
        return create(ownerId, settings, request, key);
    }

    /** Asks the same again, by another link, of nobody yet; without a deadline that has passed. */
    Uni<Outcome<CreatedEventView>> duplicate(String token, Viewer viewer, Idempotency.Key key) {
        return find(token).invoke(viewer::requireOrganizer).chain(event -> {
            EventSettings settings = event.settings();
            boolean isPast = settings.isPastDeadline(changes.now());
            return create(viewer.userId(), isPast ? settings.withDeadline(null) : settings, token, key);
        });
    }

    private Uni<Outcome<CreatedEventView>> create(
            UUID ownerId, EventSettings settings, Object payload, Idempotency.Key key) {
        GroupEvent event = event(ownerId, settings);
        return outbox.<Outcome<CreatedEventView>>inTransaction((transaction, events) -> idempotency.once(
                        transaction,
                        key,
                        payload,
                        CreatedEventView.class,
                        () -> store.create(transaction, event, event.expiresAt(config.keepFor()))
                                .replaceWith(CreatedEventView.of(event))))
                .map(outcome -> new Outcome<>(
                        outcome.value()
                                .withKey(keys.organizerKey(outcome.value().id())),
                        outcome.replayed()));
    }

    private GroupEvent event(UUID ownerId, EventSettings settings) {
        UUID id = ids.next();
        Instant now = changes.now();
        String keyHash = Keys.hash(keys.organizerKey(id));
        return new GroupEvent(id, keys.newToken(), keyHash, ownerId, settings, null, now, now, 0, List.of());
    }

    /** An event, as someone sees it. Fails with 404 where there is no such event. */
    Uni<Cached> get(String token, Viewer viewer, Question question) {
        String hash = Keys.hash(token);
        return caches.role(hash, viewer, () -> load(token))
                .chain(role -> caches.seen(hash, role, question, () -> load(token)));
    }

    private Uni<GroupEvent> load(String token) {
        return store.find(token, changes.now());
    }

    /** As it is kept now; fails with 404 where there is none. */
    Uni<GroupEvent> find(String token) {
        return load(token).onItem().ifNull().failWith(GroupEventService::notFound);
    }

    /** Whether there is such an event. */
    Uni<Boolean> exists(String token) {
        return store.exists(token, changes.now());
    }

    static ApiException notFound() {
        return ApiException.notFound("event");
    }
}
