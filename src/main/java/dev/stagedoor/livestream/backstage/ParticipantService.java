package dev.stagedoor.livestream.backstage;

import dev.stagedoor.cache.Cached;
import dev.stagedoor.cache.Caches;
import dev.stagedoor.cache.Viewed;
import dev.stagedoor.livestream.Actor;
import dev.stagedoor.livestream.LiveStreamListeners;
import dev.stagedoor.livestream.LiveStreamStore;
import dev.stagedoor.livestream.PersonView;
import dev.stagedoor.livestream.QueryKeys;
import dev.stagedoor.livestream.backstage.BackstageCaches.ParticipantKey;
import dev.stagedoor.livestream.backstage.BackstageCaches.Participants;
import dev.stagedoor.livestream.backstage.BackstageCaches.ReaderKey;
import dev.stagedoor.platform.context.Ids;
import dev.stagedoor.platform.http.ApiException;
import dev.stagedoor.platform.http.EntityTags;
import dev.stagedoor.platform.http.Page;
import dev.stagedoor.platform.http.Preconditions;
import dev.stagedoor.realtime.Event;
import dev.stagedoor.realtime.Outbox;
import io.quarkus.runtime.Startup;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;

/** Invites, moves, mutes and removes participants; says who they are. */
@Startup
@ApplicationScoped
class ParticipantService {

    /** Of one stream, those who left among them: what one page of a list holds. */
    private static final int MAX_PARTICIPANTS = 100;

    private final ParticipantQueries queries;
    private final LiveStreamStore streams;
    private final EntityTags entityTags;
    private final Ids ids;
    private final Caches caches;
    private final BackstageCaches backstageCaches;
    private final Outbox outbox;
    private final LiveStreamListeners listeners;

    ParticipantService(
            ParticipantQueries queries,
            LiveStreamStore streams,
            EntityTags entityTags,
            Ids ids,
            Caches caches,
            BackstageCaches backstageCaches,
            Outbox outbox,
            LiveStreamListeners listeners) {
        this.queries = queries;
        this.streams = streams;
        this.entityTags = entityTags;
        this.ids = ids;
        this.caches = caches;
        this.backstageCaches = backstageCaches;
        this.outbox = outbox;
        this.listeners = listeners;
        backstageCaches.all().warmedBy(UUID::fromString, this::load);
    }

    /** What the caller may do, and to whom; the target is null where this user takes no part. */
    private record Scene(Rights rights, Participant target, PersonView user) {

        ParticipantView view() {
            return target == null ? null : target.toView(user);
        }
    }

    /** A participant, and whether it is new. */
    record Placed(ParticipantView view, boolean isNew) {}

    Uni<Cached> list(UUID streamId, Actor actor) {
        ReaderKey key = new ReaderKey(streamId, actor);
        return backstageCaches
                .pages()
                .derive(
                        key,
                        () -> requireReadable(key)
                                .map(viewed -> viewed.map(participants -> new Page<>(participants, null))));
    }

    Uni<Cached> get(UUID streamId, UUID userId, Actor actor) {
        ReaderKey reader = new ReaderKey(streamId, actor);
        return backstageCaches
                .single()
                .derive(
                        new ParticipantKey(reader, userId),
                        () -> requireReadable(reader)
                                .map(viewed -> viewed.map(participants -> require(participants, userId))));
    }

    /** This user among them; fails with 404 where it is not. */
    static ParticipantView require(List<ParticipantView> participants, UUID userId) {
        return participants.stream()
                .filter(participant -> participant.user().id().equals(userId))
                .findFirst()
                .orElseThrow(ParticipantService::noParticipant);
    }

    private Uni<Viewed<List<ParticipantView>>> requireReadable(ReaderKey key) {
        return all(key.streamId()).invoke(viewed -> {
            if (!mayRead(key.actor(), viewed.view())) {
                throw noStream();
            }
        });
    }

    private static boolean mayRead(Actor actor, List<ParticipantView> participants) {
        return actor.managesAll() || takesPart(participants, actor.userId());
    }

    /** Of these streams, those whose participants the actor may know. */
    Uni<Map<UUID, List<ParticipantView>>> readable(Set<UUID> streamIds, Actor actor) {
        return queries.listAll(streamIds).map(byStream -> {
            byStream.values().removeIf(participants -> !mayRead(actor, participants));
            return byStream;
        });
    }

    /** Those who left among them; fails with 404 where there is no such stream. */
    Uni<Viewed<List<ParticipantView>>> all(UUID streamId) {
        return backstageCaches
                .all()
                .view(streamId, Participants.class, () -> load(streamId))
                .map(viewed -> viewed.map(Participants::all));
    }

    /** As {@link #all}, but what was true a moment ago, and is cached perhaps, does not count. */
    Uni<List<ParticipantView>> allNow(UUID streamId) {
        return load(streamId)
                .onItem()
                .ifNull()
                .failWith(ParticipantService::noStream)
                .map(Participants::all);
    }

    /** Emits null where there is no such stream: one without its owner there is never. */
    private Uni<Participants> load(UUID streamId) {
        return queries.list(streamId).map(found -> found.isEmpty() ? null : new Participants(found));
    }

    /** Whether this user is among the participants, and has not left. */
    static boolean takesPart(List<ParticipantView> participants, UUID userId) {
        return participants.stream()
                .anyMatch(participant ->
                        participant.user().id().equals(userId) && participant.state() != ParticipantState.LEFT);
    }

    /** Invites someone, or replaces what the caller has seen of someone. */
    Uni<Placed> put(UUID streamId, UUID userId, Actor actor, Preconditions seen, PutParticipantRequest request) {
        return outbox.inTransaction(events -> enter(streamId, userId, actor)
                        .invoke(scene -> requireMayPut(scene, request))
                        .invoke(scene -> entityTags.requireMatch(seen, scene.view()))
                        .chain(scene -> scene.target() == null
                                ? invite(streamId, scene.user(), request)
                                : replace(scene, request))
                        .invoke(placed -> happened(streamId, placed).forEach(events))
                        .call(placed -> tellListeners(streamId, placed.view(), events)))
                .plug(caches.invalidating(QueryKeys.ofParticipants(streamId)));
    }

    private Uni<Void> tellListeners(UUID streamId, ParticipantView view, Consumer<Event> events) {
        boolean isActive = view.state() != ParticipantState.INVITED && view.state() != ParticipantState.LEFT;
        return tellListeners(streamId, view.user().id(), isActive && view.role() != ParticipantRole.GUEST, events);
    }

    private Uni<Void> tellListeners(UUID streamId, UUID userId, boolean isInCharge, Consumer<Event> events) {
        return listeners.inTurn(listener -> listener.participantChanged(streamId, userId, isInCharge, events));
    }

    private static List<Event> happened(UUID streamId, Placed placed) {
        return placed.isNew()
                ? List.of(BackstageTopics.invited(streamId, placed.view()))
                : BackstageTopics.changed(streamId, placed.view());
    }

    private static void requireMayPut(Scene scene, PutParticipantRequest request) {
        if (scene.target() == null) {
            scene.rights().requireMayManage(request.role());
        }
        if (scene.user() == null) {
            throw ApiException.notFound("user");
        }
    }

    private Uni<Placed> invite(UUID streamId, PersonView user, PutParticipantRequest request) {
        return Participant.countOf(streamId)
                .invoke(ParticipantService::requireRoom)
                .map(count -> Participant.invited(ids.next(), streamId, user.id(), request))
                .chain(participant -> participant.<Participant>persistAndFlush())
                .map(participant -> new Placed(participant.toView(user), true));
    }

    private static void requireRoom(long participants) {
        if (participants >= MAX_PARTICIPANTS) {
            throw ApiException.conflict(
                    "too-many-participants", "A stream has at most " + MAX_PARTICIPANTS + " participants");
        }
    }

    private static Uni<Placed> replace(Scene scene, PutParticipantRequest request) {
        scene.target().change(scene.rights(), request.asUpdate());
        return scene.target().flushed().map(target -> new Placed(target.toView(scene.user()), false));
    }

    /** Changes what the caller has seen of someone. */
    Uni<ParticipantView> update(
            UUID streamId, UUID userId, Actor actor, String ifMatch, UpdateParticipantRequest request) {
        return outbox.inTransaction(events -> enter(streamId, userId, actor)
                        .invoke(scene -> requireSeen(scene, ifMatch))
                        .invoke(scene -> scene.target().change(scene.rights(), request))
                        .call(scene -> scene.target().flushed())
                        .map(Scene::view)
                        .invoke(view -> BackstageTopics.changed(streamId, view).forEach(events))
                        .call(view -> tellListeners(streamId, view, events)))
                .plug(caches.invalidating(QueryKeys.ofParticipants(streamId)));
    }

    /** Removes whom the caller has seen, leaving no trace; who wants to go, leaves. */
    Uni<Void> remove(UUID streamId, UUID userId, Actor actor, String ifMatch) {
        return outbox.inTransaction(events -> enter(streamId, userId, actor)
                        .invoke(scene -> requireSeen(scene, ifMatch))
                        .invoke(scene ->
                                scene.rights().requireMayManage(scene.target().role()))
                        .invoke(scene -> scene.target().requireNotOwner())
                        .chain(scene -> scene.target().delete())
                        .invoke(() -> BackstageTopics.removed(streamId, userId).forEach(events))
                        .call(() -> tellListeners(streamId, userId, false, events)))
                .plug(caches.invalidating(QueryKeys.ofParticipants(streamId)));
    }

    private void requireSeen(Scene scene, String ifMatch) {
        if (scene.target() == null) {
            throw noParticipant();
        }
        entityTags.requireMatch(ifMatch, scene.view());
    }

    /** Locks the stream, and looks who acts there and upon whom. */
    private Uni<Scene> enter(UUID streamId, UUID userId, Actor actor) {
        return streams.lock(streamId)
                .onItem()
                .ifNull()
                .failWith(ParticipantService::noStream)
                .chain(id -> Participant.listOf(id, List.of(actor.userId(), userId)))
                .chain(found -> streams.findPerson(userId).map(user -> scene(found, user, userId, actor)));
    }

    private static Scene scene(List<Participant> found, PersonView user, UUID userId, Actor actor) {
        Participant acting = pick(found, actor.userId());
        Participant target = pick(found, userId);
        if (!actor.managesAll() && (acting == null || acting.hasLeft())) {
            throw noStream();
        }
        Rights rights = Rights.of(actor, acting, userId);
        if (target != null) {
            rights.requireMayTouch(target.role());
        }
        return new Scene(rights, target, user);
    }

    /** Null where this user is not among them. */
    private static Participant pick(List<Participant> found, UUID userId) {
        return found.stream()
                .filter(participant -> participant.userId.equals(userId))
                .findFirst()
                .orElse(null);
    }

    static ApiException noStream() {
        return ApiException.notFound("stream");
    }

    static ApiException noParticipant() {
        return ApiException.notFound("participant");
    }
}
