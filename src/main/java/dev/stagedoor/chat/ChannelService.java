package dev.stagedoor.chat;

import dev.stagedoor.cache.Cached;
import dev.stagedoor.cache.Caches;
import dev.stagedoor.chat.ChannelQueries.Listed;
import dev.stagedoor.chat.ChannelQueries.Position;
import dev.stagedoor.chat.ChannelStore.Joined;
import dev.stagedoor.chat.ChatCaches.ListKey;
import dev.stagedoor.chat.ChatCaches.MemberKey;
import dev.stagedoor.chat.ChatCaches.MyChannels;
import dev.stagedoor.platform.context.Ids;
import dev.stagedoor.platform.db.DatabaseFailures;
import dev.stagedoor.platform.http.ApiException;
import dev.stagedoor.platform.http.Cursors;
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
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Creates and lists channels, and says who is in them. */
@Startup
@ApplicationScoped
public class ChannelService {

    private static final String DIRECT_KEY = "channel_direct_key";

    private final ChannelQueries queries;
    private final ChannelStore store;
    private final Idempotency idempotency;
    private final Cursors cursors;
    private final Ids ids;
    private final Clock clock;
    private final Caches caches;
    private final ChatCaches chatCaches;
    private final Outbox outbox;

    ChannelService(
            ChannelQueries queries,
            ChannelStore store,
            Idempotency idempotency,
            Cursors cursors,
            Ids ids,
            Clock clock,
            Caches caches,
            ChatCaches chatCaches,
            Outbox outbox) {
        this.queries = queries;
        this.store = store;
        this.idempotency = idempotency;
        this.cursors = cursors;
        this.ids = ids;
        this.clock = clock;
        this.caches = caches;
        this.chatCaches = chatCaches;
        this.outbox = outbox;
        chatCaches.lists().warmedBy(ListKey::parse, this::loadMine);
        chatCaches.members().warmedBy(MemberKey::parse, key -> requireMemberNow(key.channelId(), key.userId()));
    }

    Uni<Cached> listMine(UUID userId, String cursor, int limit) {
        ListKey key = new ListKey(userId, position(listOf(userId), cursor), limit);
        return chatCaches.lists().get(key, () -> loadMine(key));
    }

    private static String listOf(UUID userId) {
        return "channels:" + userId;
    }

    private Uni<MyChannels> loadMine(ListKey key) {
        return queries.idsOfMine(key.userId())
                .chain(ids -> queries.listMine(key.userId(), key.after(), key.limit() + 1)
                        .map(rows -> new MyChannels(page(listOf(key.userId()), rows, key.limit()), ids)));
    }

    /** As {@link #listMine}, from the database. */
    Uni<Page<ChannelView>> pageOfMine(UUID userId, String cursor, int limit) {
        return queries.listMine(userId, position(listOf(userId), cursor), limit + 1)
                .map(rows -> page(listOf(userId), rows, limit));
    }

    Uni<Page<ChannelView>> listPublic(UUID userId, String cursor, int limit) {
        String list = "channels:public";
        return queries.listPublic(userId, position(list, cursor), limit + 1).map(rows -> page(list, rows, limit));
    }

    private Position position(String list, String cursor) {
        if (cursor == null) {
            return Position.START;
        }
        List<String> keys = cursors.decode(list, cursor);
        return new Position(
                Boolean.parseBoolean(keys.get(0)), Instant.parse(keys.get(1)), UUID.fromString(keys.get(2)));
    }

    private Page<ChannelView> page(String list, List<Listed> rows, int limit) {
        Page<Listed> page = Page.of(
                rows,
                limit,
                last -> cursors.encode(
                        list,
                        Boolean.TRUE.equals(last.view().pinned()),
                        last.activityAt(),
                        last.view().id()));
        return new Page<>(page.data().stream().map(Listed::view).toList(), page.next());
    }

    /** Fails with 404 where there is no channel, or none that the user may know of. */
    public Uni<ChannelView> get(UUID id, UUID userId) {
        return queries.find(id, userId).onItem().ifNull().failWith(ChannelService::notFound);
    }

    /** Creates a channel; two people who have a direct channel get that one again. */
    Uni<Outcome<ChannelView>> create(UUID ownerId, CreateChannelRequest request, Idempotency.Key key) {
        requireConsistent(ownerId, request);
        return outbox.inTransaction(events -> idempotency.once(
                        key, request, ChannelView.class, () -> createOrFindDirect(ownerId, request, events)))
                .plug(caches.invalidating(listsOf(ownerId, request)))
                .onFailure(failure -> DatabaseFailures.violates(failure, DIRECT_KEY))
                .recoverWithUni(() -> create(ownerId, request, key));
    }

    /** Those of all who are in the new channel. */
    private static String[] listsOf(UUID ownerId, CreateChannelRequest request) {
        return Stream.concat(Stream.of(ownerId), request.members().stream())
                .map(ChatTags::channelsOf)
                .toArray(String[]::new);
    }

    private static void requireConsistent(UUID ownerId, CreateChannelRequest request) {
        boolean direct = request.visibility() == Visibility.DIRECT;
        if (request.visibility() == Visibility.STREAM) {
            throw ApiException.invalid("visibility", "must be 'public', 'private' or 'direct'");
        }
        if (!direct && (request.name() == null || request.name().isBlank())) {
            throw ApiException.invalid("name", "must not be blank");
        }
        if (direct && request.name() != null) {
            throw ApiException.invalid("name", "must be absent: a direct channel has none");
        }
        if (direct && (request.members().size() != 1 || request.members().contains(ownerId))) {
            throw ApiException.invalid("members", "must hold exactly one other user");
        }
    }

    private Uni<ChannelView> createOrFindDirect(UUID ownerId, CreateChannelRequest request, Consumer<Event> events) {
        if (request.visibility() != Visibility.DIRECT) {
            return persist(ownerId, request, events);
        }
        UUID other = request.members().iterator().next();
        return Channel.findDirect(ownerId, other)
                .chain(existing -> existing == null ? persist(ownerId, request, events) : get(existing, ownerId));
    }

    private Uni<ChannelView> persist(UUID ownerId, CreateChannelRequest request, Consumer<Event> events) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        Set<UUID> userIds = new HashSet<>(request.members());
        userIds.add(ownerId);
        Channel channel = Channel.created(ids.next(), request, now);
        if (request.visibility() == Visibility.DIRECT) {
            channel.isBetween(ownerId, request.members().iterator().next());
        }
        return channel.persistAndFlush()
                .chain(() -> store.addAll(channel.id, ownerId, userIds.toArray(UUID[]::new), now))
                .invoke(added -> requireAll(added, userIds))
                .map(members -> channel.toView(members, "owner"))
                .invoke(view ->
                        ChannelTopics.created(view, ownerId, userIds.stream()).forEach(events));
    }

    private static void requireAll(int added, Set<UUID> userIds) {
        if (added < userIds.size()) {
            throw ApiException.invalid("members", "must hold ids of existing users");
        }
    }

    /** Joins a public channel, or as an owner, adds someone. */
    Uni<Joined> addMember(UUID channelId, UUID callerId, UUID userId) {
        return requireAccess(channelId, callerId)
                .invoke(access -> requireMayAdd(access, callerId.equals(userId)))
                .chain(() -> outbox.<Joined>inTransaction(
                        (transaction, events) -> store.add(transaction, channelId, userId, clock.instant())
                                .invoke(joined -> tell(joined, events))))
                .plug(caches.invalidating(ChatTags.ofMember(channelId, userId)))
                .onItem()
                .ifNull()
                .switchTo(() -> refuseToAdd(channelId, userId));
    }

    private <T> Uni<T> refuseToAdd(UUID channelId, UUID userId) {
        return queries.isBanned(channelId, userId, clock.instant()).map(isBanned -> {
            throw isBanned
                    ? new ApiException(403, "banned", "This user is banned from the channel")
                    : ApiException.invalid("userId", "is not the id of a user");
        });
    }

    private static void requireMayAdd(ChannelAccess access, boolean self) {
        if (access.visibility() == Visibility.DIRECT && !self) {
            throw ApiException.conflict("direct-channel-is-for-two", "Nobody can be added to a direct channel");
        }
        boolean joining = self && (access.visibility() == Visibility.PUBLIC || access.isMember());
        if (!joining && !access.isOwner()) {
            throw ApiException.forbidden("Only an owner adds others");
        }
    }

    /** Leaves a channel, or removes someone of a lower role. */
    Uni<Void> removeMember(UUID channelId, UUID callerId, UUID userId) {
        boolean isSelf = callerId.equals(userId);
        return requireAccess(channelId, callerId)
                .invoke(access -> requireMayRemove(access, isSelf))
                .chain(access -> isSelf && access.visibility() == Visibility.STREAM
                        ? remove(channelId, callerId, userId, ChannelTopics.leftStream(channelId, userId))
                                .plug(caches.invalidating(ChatTags.ofViewer(channelId, userId)))
                        : remove(channelId, callerId, userId, ChannelTopics.left(channelId, userId))
                                .plug(caches.invalidating(ChatTags.ofMember(channelId, userId))))
                .chain(removed -> removed ? Uni.createFrom().voidItem() : refuseToRemove(channelId, callerId, userId));
    }

    private Uni<Boolean> remove(UUID channelId, UUID callerId, UUID userId, List<Event> news) {
        return outbox.<Boolean>inTransaction((transaction, events) -> store.remove(
                        transaction, channelId, userId, callerId)
                .invoke(removed -> {
                    if (removed) {
                        news.forEach(events);
                    }
                }));
    }

    private Uni<Void> refuseToRemove(UUID channelId, UUID callerId, UUID userId) {
        return queries.findAccess(channelId, userId).map(other -> {
            if (other == null || !other.isMember()) {
                throw ApiException.notFound("member");
            }
            throw callerId.equals(userId)
                    ? ApiException.conflict(
                            "last-owner", "A channel with members keeps an owner: make another one first")
                    : ApiException.forbidden("Nobody removes who has the same role, or a higher one");
        });
    }

    private static void tell(Joined joined, Consumer<Event> events) {
        if (joined != null && joined.isNew()) {
            ChannelTopics.joined(joined.view()).forEach(events);
        }
    }

    private static void requireMayRemove(ChannelAccess access, boolean self) {
        if (access.visibility() == Visibility.DIRECT) {
            throw ApiException.conflict("direct-channel-is-for-two", "Nobody can leave a direct channel");
        }
        if (!self && !access.isModerator()) {
            throw ApiException.forbidden("Only owners and moderators remove others");
        }
    }

    /** Fails for who may not read in the channel: with 404 where the caller may not know of it, else with 403. */
    Uni<Void> requireMember(UUID channelId, UUID userId) {
        return chatCaches
                .members()
                .get(new MemberKey(channelId, userId), () -> requireMemberNow(channelId, userId))
                .replaceWithVoid();
    }

    /** As {@link #requireMember}, but what was true a moment ago, and is cached perhaps, does not count. */
    public Uni<ChannelAccess> requireMemberNow(UUID channelId, UUID userId) {
        return requireAccess(channelId, userId).invoke(access -> {
            if (!access.isMember()) {
                throw notAMember();
            }
        });
    }

    /** Fails, as {@link #requireMemberNow} does, for who is not a member. */
    <T> Uni<T> refuse(UUID channelId, UUID userId) {
        return requireAccess(channelId, userId).map(access -> {
            throw notAMember();
        });
    }

    /** Changes what a channel is to a member. */
    Uni<ChannelView> updateMembership(UUID channelId, UUID userId, UpdateMembershipRequest request) {
        return outbox.inTransaction((transaction, events) -> store.update(transaction, channelId, userId, request)
                        .invoke(hasChanged -> {
                            if (Boolean.TRUE.equals(hasChanged)) {
                                events.accept(ChannelTopics.updatedMembership(channelId, userId));
                            }
                        }))
                .plug(caches.invalidating(ChatTags.channelsOf(userId)))
                .chain(hasChanged -> hasChanged == null ? refuse(channelId, userId) : get(channelId, userId));
    }

    public static ApiException notAMember() {
        return ApiException.forbidden("Only members read and write; join the channel first");
    }

    /** What the caller is to the channel; fails with 404 where the caller may not know of it. */
    public Uni<ChannelAccess> requireAccess(UUID channelId, UUID callerId) {
        return queries.findAccess(channelId, callerId).invoke(access -> {
            if (access == null || !access.isKnown()) {
                throw notFound();
            }
        });
    }

    public static ApiException notFound() {
        return ApiException.notFound("channel");
    }
}
