package dev.stagedoor.creator;

import com.fasterxml.jackson.core.type.TypeReference;
import dev.stagedoor.cache.Cached;
import dev.stagedoor.cache.Caches;
import dev.stagedoor.cache.Viewed;
import dev.stagedoor.creator.CreatorCaches.PageKey;
import dev.stagedoor.creator.CreatorCaches.Taken;
import dev.stagedoor.creator.CreatorQueries.Listed;
import dev.stagedoor.creator.CreatorSort.Position;
import dev.stagedoor.platform.db.Transaction;
import dev.stagedoor.platform.http.ApiException;
import dev.stagedoor.platform.http.Cursors;
import dev.stagedoor.platform.http.EntityTags;
import dev.stagedoor.platform.http.Page;
import dev.stagedoor.platform.http.Preconditions;
import dev.stagedoor.realtime.Outbox;
import io.quarkus.runtime.Startup;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/** Makes creators of users, changes and lists them, and says when they are free. */
@Startup
@ApplicationScoped
class CreatorService {

    /** With a creator. */
    private static final int SHOWN_SLOTS = 20;

    /** Of one answer: more than six weeks of steps of an hour, day and night. */
    private static final int MAX_SLOTS = 1_000;

    private static final TypeReference<Page<CreatorView>> PAGE = new TypeReference<>() {};

    private final CreatorQueries queries;
    private final CreatorStore store;
    private final EntityTags entityTags;
    private final Cursors cursors;
    private final Clock clock;
    private final Caches caches;
    private final CreatorCaches creatorCaches;
    private final Outbox outbox;

    CreatorService(
            CreatorQueries queries,
            CreatorStore store,
            EntityTags entityTags,
            Cursors cursors,
            Clock clock,
            Caches caches,
            CreatorCaches creatorCaches,
            Outbox outbox) {
        this.queries = queries;
        this.store = store;
        this.entityTags = entityTags;
        this.cursors = cursors;
        this.clock = clock;
        this.caches = caches;
        this.creatorCaches = creatorCaches;
        this.outbox = outbox;
        creatorCaches.creators().warmedBy(UUID::fromString, queries::find);
    }

    /** A creator, and whether it is new. */
    record Put(CreatorView view, boolean isNew) {}

    /** A creator with its exceptions, without free slots; fails with 404 where there is none. */
    Uni<Cached> get(UUID id) {
        return creatorCaches.creators().get(id, () -> queries.find(id));
    }

    /** A creator with the next free slots; fails with 404 where there is none. */
    Uni<CreatorView> getWithSlots(UUID id) {
        return free(id, SlotRange.next(clock.instant()), SHOWN_SLOTS)
                .map(free -> free.view().withSlots(free.slots()));
    }

    /** The first free slots of a creator within this time; fails with 404 where there is none. */
    Uni<SlotsView> slots(UUID id, String from, String to) {
        return free(id, SlotRange.parse(from, to, clock.instant()), MAX_SLOTS).map(free -> new SlotsView(free.slots()));
    }

    /** The first free slots of each creator within this time. */
    Uni<Map<UUID, List<Slot>>> slots(Set<UUID> ids, String from, String to, int limit) {
        SlotRange range = SlotRange.parse(from, to, clock.instant());
        return queries.findAll(ids)
                .chain(creators -> queries.takenOf(creators.keySet(), range)
                        .map(taken -> creators.values().stream()
                                .map(creator -> free(
                                        creator, new Taken(taken.getOrDefault(creator.id(), List.of())), range, limit))
                                .collect(Collectors.toMap(free -> free.view().id(), Free::slots))));
    }

    /** A creator, and when it is free. */
    private record Free(CreatorView view, List<Slot> slots) {}

    private Uni<Free> free(UUID id, SlotRange range, int limit) {
        return creatorCaches
                .creators()
                .view(id, CreatorView.class, () -> queries.find(id))
                .chain(creator -> taken(id).map(taken -> free(creator.view(), taken.view(), range, limit)));
    }

    private Uni<Viewed<Taken>> taken(UUID id) {
        return creatorCaches
                .taken()
                .view(id, Taken.class, () -> queries.taken(id, clock.instant()).map(Taken::new));
    }

    private Free free(CreatorView creator, Taken taken, SlotRange range, int limit) {
        Duration length = Duration.ofMinutes(creator.sessionMinutes());
        List<Slot> slots = taken.slots(clock.instant());
        return new Free(creator, creator.schedule().slots(range.from(), range.to(), length, slots, limit));
    }

    /** As {@link #get}, its view. */
    Uni<CreatorView> view(UUID id) {
        return creatorCaches
                .creators()
                .view(id, CreatorView.class, () -> queries.find(id))
                .map(Viewed::view);
    }

    /** The page of which {@link #list} is the answer. */
    Uni<Page<CreatorView>> page(CreatorFilter filter, String cursor, int limit) {
        PageKey key = new PageKey(filter, position(filter, cursor), limit);
        return creatorCaches.pages().view(key, PAGE, () -> load(key));
    }

    Uni<Cached> list(CreatorFilter filter, String cursor, int limit) {
        PageKey key = new PageKey(filter, position(filter, cursor), limit);
        return creatorCaches.pages().get(key, () -> load(key));
    }

    private Position position(CreatorFilter filter, String cursor) {
        if (cursor == null) {
            return filter.sort().start();
        }
        List<String> keys = cursors.decode(filter.listName(), cursor);
        return filter.sort().position(keys.get(0), keys.get(1));
    }

    private Uni<Page<CreatorView>> load(PageKey key) {
        return queries.page(key.filter(), key.after(), key.limit() + 1)
                .map(rows -> page(key.filter().listName(), rows, key.limit()));
    }

    private Page<CreatorView> page(String list, List<Listed> rows, int limit) {
        Page<Listed> page = Page.of(
                rows,
                limit,
                last -> cursors.encode(list, last.sortKey(), last.view().id()));
        return new Page<>(page.data().stream().map(Listed::view).toList(), page.next());
    }

    /** Makes a creator of a user, or replaces what the caller has seen of them. */
    Uni<Put> put(UUID id, Preconditions seen, PutCreatorRequest request) {
        Profile profile = Profile.of(request);
        return outbox.inTransaction((transaction, events) -> enter(transaction, id)
                        .chain(() -> store.find(transaction, id))
                        .invoke(current -> entityTags.requireMatch(seen, current))
                        .chain(current -> replace(transaction, id, profile).map(view -> new Put(view, current == null)))
                        .invoke(put -> events.accept(CreatorTopics.updated(put.view()))))
                .plug(caches.invalidating(CreatorTags.ofChangedCreator(id)));
    }

    private Uni<Boolean> enter(Transaction transaction, UUID id) {
        return store.lockUser(transaction, id).invoke(isUser -> {
            if (!isUser) {
                throw ApiException.notFound("user");
            }
        });
    }

    private Uni<CreatorView> replace(Transaction transaction, UUID id, Profile profile) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        return store.put(transaction, id, profile, now).chain(() -> store.find(transaction, id));
    }

    static ApiException notFound() {
        return ApiException.notFound("creator");
    }
}
