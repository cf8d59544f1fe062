package dev.stagedoor.livestream;

import com.fasterxml.jackson.core.type.TypeReference;
import dev.stagedoor.cache.Cached;
import dev.stagedoor.cache.Caches;
import dev.stagedoor.cache.Viewed;
import dev.stagedoor.livestream.LiveStreamCaches.PageKey;
import dev.stagedoor.livestream.LiveStreamQueries.Listed;
import dev.stagedoor.livestream.LiveStreamQueries.Position;
import dev.stagedoor.livestream.LiveStreamTopics.Change;
import dev.stagedoor.platform.context.Ids;
import dev.stagedoor.platform.http.ApiException;
import dev.stagedoor.platform.http.Cursors;
import dev.stagedoor.platform.http.EntityTags;
import dev.stagedoor.platform.http.Idempotency;
import dev.stagedoor.platform.http.Idempotency.Outcome;
import dev.stagedoor.platform.http.Page;
import dev.stagedoor.realtime.Event;
import dev.stagedoor.realtime.Outbox;
import io.quarkus.runtime.Startup;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** Schedules, starts, ends, changes and lists live streams. */
@Startup
@ApplicationScoped
public class LiveStreamService {

    private static final TypeReference<Page<LiveStreamView>> PAGE = new TypeReference<>() {};

    private final LiveStreamQueries queries;
    private final LiveStreamStore store;
    private final EntityTags entityTags;
    private final Idempotency idempotency;
    private final Cursors cursors;
    private final Ids ids;
    private final Clock clock;
    private final Caches caches;
    private final LiveStreamCaches streamCaches;
    private final Outbox outbox;
    private final LiveStreamListeners listeners;

    LiveStreamService(
            LiveStreamQueries queries,
            LiveStreamStore store,
            EntityTags entityTags,
            Idempotency idempotency,
            Cursors cursors,
            Ids ids,
            Clock clock,
            Caches caches,
            LiveStreamCaches streamCaches,
            Outbox outbox,
            LiveStreamListeners listeners) {
        this.queries = queries;
        this.store = store;
        this.entityTags = entityTags;
        this.idempotency = idempotency;
        this.cursors = cursors;
        this.ids = ids;
        this.clock = clock;
        this.caches = caches;
        this.streamCaches = streamCaches;
        this.outbox = outbox;
        this.listeners = listeners;
        streamCaches.streams().warmedBy(UUID::fromString, queries::find);
    }

    /** A stream and who owns it: what its view is made of, once the transaction has counted its version. */
    private record Owned(LiveStream stream, PersonView owner) {

        LiveStreamView view() {
            return stream.toView(owner);
        }
    }

    /** Fails with 404 where there is no such stream. */
    Uni<Cached> get(UUID id) {
        return streamCaches.streams().get(id, () -> queries.find(id));
    }

    /** The stream of which {@link #get} is the answer. */
    public Uni<Viewed<LiveStreamView>> view(UUID id) {
        return streamCaches.streams().view(id, LiveStreamView.class, () -> queries.find(id));
    }

    /** The page of which {@link #list} is the answer. */
    Uni<Page<LiveStreamView>> page(LiveStreamFilter filter, String cursor, int limit) {
        PageKey key = new PageKey(filter, position(filter.listName(), cursor), limit);
        return streamCaches.pages().view(key, PAGE, () -> load(key));
    }

    /** The first page of each owner's streams. */
    Uni<Map<UUID, Page<LiveStreamView>>> firstPages(Set<UUID> owners, int limit) {
        return queries.firstPages(owners, limit + 1).map(listed -> pagesOf(owners, listed, limit));
    }

    private Map<UUID, Page<LiveStreamView>> pagesOf(Set<UUID> owners, List<Listed> listed, int limit) {
        Map<UUID, List<Listed>> byOwner = listed.stream()
                .collect(Collectors.groupingBy(row -> row.view().owner().id()));
        return owners.stream()
                .collect(Collectors.toMap(
                        owner -> owner,
                        owner -> page(
                                new LiveStreamFilter(null, null, null, owner).listName(),
                                byOwner.getOrDefault(owner, List.of()),
                                limit)));
    }

    Uni<Cached> list(LiveStreamFilter filter, String cursor, int limit) {
        PageKey key = new PageKey(filter, position(filter.listName(), cursor), limit);
        return streamCaches.pages().get(key, () -> load(key));
    }

    private Uni<Page<LiveStreamView>> load(PageKey key) {
        return queries.page(key.filter(), key.after(), key.limit() + 1)
                .map(rows -> page(key.filter().listName(), rows, key.limit()));
    }

    private Position position(String list, String cursor) {
        if (cursor == null) {
            return Position.START;
        }
        List<String> keys = cursors.decode(list, cursor);
        return new Position(Instant.parse(keys.get(0)), UUID.fromString(keys.get(1)));
    }

    private Page<LiveStreamView> page(String list, List<Listed> rows, int limit) {
        Page<Listed> page = Page.of(
                rows,
                limit,
                last -> cursors.encode(list, last.listedAt(), last.view().id()));
        return new Page<>(page.data().stream().map(Listed::view).toList(), page.next());
    }

    /** Schedules a stream, of which the owner is a host from the beginning. */
    Uni<Outcome<LiveStreamView>> create(UUID ownerId, CreateLiveStreamRequest request, Idempotency.Key key) {
        return outbox.inTransaction(events -> idempotency.once(
                        key,
                        request,
                        LiveStreamView.class,
                        () -> persist(ownerId, request).invoke(view -> tellClients(events, Change.CREATED, view))))
                .call(outcome -> caches.invalidate(
                        QueryKeys.ofNewOrDeletedStream(outcome.value().id())));
    }

    private Uni<LiveStreamView> persist(UUID ownerId, CreateLiveStreamRequest request) {
        return LiveStream.scheduled(ids.next(), ownerId, request, now())
                .<LiveStream>persistAndFlush()
                .call(stream -> store.addOwner(ids.next(), stream.id, ownerId))
                .chain(this::withOwner)
                .map(Owned::view);
    }

    /** Changes what the caller, as {@code ifMatch} proves, has seen. */
    Uni<LiveStreamView> update(UUID id, Actor actor, String ifMatch, UpdateLiveStreamRequest request) {
        return change(id, requireSeen(id, actor, ifMatch), Change.UPDATED, stream -> stream.update(request));
    }

    Uni<LiveStreamView> start(UUID id, Actor actor) {
        return change(id, requireHosted(id, actor), Change.STARTED, stream -> stream.start(now()));
    }

    Uni<LiveStreamView> end(UUID id, Actor actor) {
        return change(id, requireHosted(id, actor), Change.ENDED, stream -> stream.end(now()));
    }

    private Uni<LiveStreamView> change(UUID id, Uni<Owned> required, Change kind, Consumer<LiveStream> change) {
        return outbox.inTransaction(events -> required.chain(owned -> change(owned, kind, change, events)))
                .plug(caches.invalidating(QueryKeys.ofChangedStream(id)));
    }

    /** The view is made after the flush: only then is the new version known, and whether anything has changed. */
    private Uni<LiveStreamView> change(Owned owned, Change kind, Consumer<LiveStream> change, Consumer<Event> events) {
        int before = owned.stream().version;
        change.accept(owned.stream());
        return owned.stream()
                .flush()
                .map(flushed -> owned.view())
                .call(view -> view.version() == before ? Uni.createFrom().voidItem() : tell(events, kind, view));
    }

    private Uni<Void> tell(Consumer<Event> events, Change kind, LiveStreamView view) {
        tellClients(events, kind, view);
        return kind == Change.ENDED
                ? listeners.inTurn(listener -> listener.ended(view.id(), view.endedAt()))
                : Uni.createFrom().voidItem();
    }

    private static void tellClients(Consumer<Event> events, Change change, LiveStreamView stream) {
        LiveStreamTopics.changed(change, stream).forEach(events);
    }

    Uni<Void> delete(UUID id, Actor actor, String ifMatch) {
        return outbox.inTransaction(events -> requireSeen(id, actor, ifMatch)
                        .chain(owned -> owned.stream().delete())
                        .chain(() -> listeners.inTurn(listener -> listener.deleted(id)))
                        .invoke(() -> LiveStreamTopics.deleted(id).forEach(events)))
                .plug(caches.invalidating(QueryKeys.ofNewOrDeletedStream(id)));
    }

    private Uni<Owned> requireSeen(UUID id, Actor actor, String ifMatch) {
        return requireForUpdate(id)
                .invoke(stream -> requireOwner(stream, actor))
                .chain(this::withOwner)
                .invoke(owned -> entityTags.requireMatch(ifMatch, owned.view()));
    }

    private Uni<Owned> requireHosted(UUID id, Actor actor) {
        return requireForUpdate(id).call(stream -> requireHost(stream, actor)).chain(this::withOwner);
    }

    private static Uni<LiveStream> requireForUpdate(UUID id) {
        return Uni.createFrom()
                .deferred(() -> LiveStream.findForUpdate(id))
                .onItem()
                .ifNull()
                .failWith(LiveStreamService::notFound);
    }

    private Uni<Owned> withOwner(LiveStream stream) {
        return store.findPerson(stream.ownerId).map(owner -> new Owned(stream, owner));
    }

    private static void requireOwner(LiveStream stream, Actor actor) {
        if (!actor.managesAll() && !stream.ownerId.equals(actor.userId())) {
            throw ApiException.forbidden("Only its owner changes a stream");
        }
    }

    private Uni<Void> requireHost(LiveStream stream, Actor actor) {
        if (actor.managesAll()) {
            return Uni.createFrom().voidItem();
        }
        return store.isHost(stream.id, actor.userId())
                .invoke(host -> {
                    if (!host) {
                        throw ApiException.forbidden("Only hosts start and end a stream");
                    }
                })
                .replaceWithVoid();
    }

    static ApiException notFound() {
        return ApiException.notFound("stream");
    }

    /** As exact as PostgreSQL keeps it. */
    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
