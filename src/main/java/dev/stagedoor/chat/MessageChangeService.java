package dev.stagedoor.chat;

import dev.stagedoor.cache.Caches;
import dev.stagedoor.chat.ChangeView.Kind;
import dev.stagedoor.chat.MessageChangeStore.Change;
import dev.stagedoor.chat.MessageChangeStore.Found;
import dev.stagedoor.platform.db.Transaction;
import dev.stagedoor.platform.http.ApiException;
import dev.stagedoor.platform.http.Page;
import dev.stagedoor.realtime.Event;
import dev.stagedoor.realtime.Outbox;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.function.Consumer;

/** What becomes of messages after they were sent, and how clients learn of it. */
@ApplicationScoped
class MessageChangeService {

    private static final int MAX_PINS = 100;

    /** Different ones, of one message. */
    private static final int MAX_REACTIONS = 20;

    private final MessageChangeStore store;
    private final ChannelService channels;
    private final Caches caches;
    private final Outbox outbox;
    private final Clock clock;

    MessageChangeService(MessageChangeStore store, ChannelService channels, Caches caches, Outbox outbox, Clock clock) {
        this.store = store;
        this.channels = channels;
        this.caches = caches;
        this.outbox = outbox;
        this.clock = clock;
    }

    /** Emits a message as members see it. */
    Uni<MessageView> get(UUID channelId, long seq, UUID userId) {
        return store.find(channelId, seq, userId)
                .map(found -> requireVisible(found).message());
    }

    /** Replaces the text of the caller's own message; what it said before is kept. */
    Uni<MessageView> edit(UUID channelId, long seq, UUID userId, EditMessageRequest request) {
        return change(channelId, seq, userId, Change.of(Kind.EDITED, userId), (transaction, found) -> {
            MessageView message = requireLive(found);
            if (!message.author().id().equals(userId)) {
                throw ApiException.forbidden("Only its author edits a message");
            }
            requireMaySpeak(found);
            return message.text().equals(request.text())
                    ? unchanged()
                    : store.isBlocked(transaction, channelId, request.text())
                            .invoke(MessageChangeService::requireAllowed)
                            .chain(() -> store.edit(
                                    transaction, channelId, seq, request.text(), Mentions.in(request.text()), now()))
                            .replaceWith(true);
        });
    }

    /** Leaves a tombstone of a message; doing so again changes nothing. */
    Uni<MessageView> delete(UUID channelId, long seq, UUID userId) {
        return change(channelId, seq, userId, Change.of(Kind.DELETED, userId), (transaction, found) -> {
            if (!found.access().isModerator() && !found.message().author().id().equals(userId)) {
                throw ApiException.forbidden("Only its author, owners and moderators of the channel delete a message");
            }
            return found.message().deletedAt() != null
                    ? unchanged()
                    : store.delete(transaction, channelId, seq, userId, now()).replaceWith(true);
        });
    }

    /** Pins a message, or takes it off again; doing so again changes nothing. */
    Uni<MessageView> pin(UUID channelId, long seq, UUID userId, boolean isPinned) {
        return change(channelId, seq, userId, Change.of(Kind.EDITED, userId), (transaction, found) -> {
            MessageView message = requireLive(found);
            if (!found.access().isModerator() && found.access().visibility() != Visibility.DIRECT) {
                throw ApiException.forbidden("Only owners and moderators of the channel pin messages");
            }
            if (isPinned == (message.pinnedAt() != null)) {
                return unchanged();
            }
            Uni<Void> written = isPinned
                    ? store.countPins(transaction, channelId)
                            .invoke(pins -> requireRoom(pins >= MAX_PINS, "too-many-pins", MAX_PINS + " pins"))
                            .chain(() -> store.pin(transaction, channelId, seq, now()))
                    : store.pin(transaction, channelId, seq, null);
            return written.replaceWith(true);
        });
    }

    /** Adds the caller's reaction, or takes it back; doing so again changes nothing. */
    Uni<MessageView> react(UUID channelId, long seq, UUID userId, String emoji, boolean isAdded) {
        Change change = new Change(Kind.REACTION, userId, emoji, isAdded);
        return change(channelId, seq, userId, change, (transaction, found) -> {
            List<ReactionView> reactions = requireLive(found).reactions();
            if (isAdded) {
                requireMaySpeak(found);
            }
            boolean isNew =
                    reactions.stream().noneMatch(reaction -> reaction.emoji().equals(emoji));
            requireRoom(
                    isAdded && isNew && reactions.size() >= MAX_REACTIONS,
                    "too-many-reactions",
                    MAX_REACTIONS + " different reactions");
            Uni<Boolean> written = isAdded
                    ? store.react(transaction, channelId, seq, emoji, userId, now())
                    : store.unreact(transaction, channelId, seq, emoji, userId);
            return written.call(changed -> changed
                    ? show(transaction, channelId, seq, reactions, change)
                    : Uni.createFrom().voidItem());
        });
    }

    /** All are counted anew only where someone else's becomes visible. */
    private Uni<Void> show(
            Transaction transaction, UUID channelId, long seq, List<ReactionView> reactions, Change change) {
        boolean isAdded = change.isAdded();
        return !isAdded && ReactionView.hidesSome(reactions, change.emoji())
                ? store.recountReactions(transaction, channelId, seq)
                : store.showReactions(
                        transaction,
                        channelId,
                        seq,
                        isAdded
                                ? ReactionView.with(reactions, change.emoji(), change.actorId())
                                : ReactionView.without(reactions, change.emoji(), change.actorId()));
    }

    private void requireMaySpeak(Found found) {
        found.floor().require();
        Instant until = found.silencedUntil();
        if (until != null && until.isAfter(now())) {
            throw Refusals.muted(until);
        }
    }

    private static void requireAllowed(boolean isBlocked) {
        if (isBlocked) {
            throw Refusals.blockedWord();
        }
    }

    private static void requireRoom(boolean isFull, String type, String most) {
        if (isFull) {
            throw ApiException.conflict(type, "There are " + most + " already");
        }
    }

    private static Uni<Boolean> unchanged() {
        return Uni.createFrom().item(false);
    }

    /** Takes a step with a message; tells of it, where the step emits that it changed something. */
    private Uni<MessageView> change(
            UUID channelId, long seq, UUID userId, Change change, BiFunction<Transaction, Found, Uni<Boolean>> step) {
        return outbox.<MessageView>inTransaction(
                        (transaction, events) -> store.lock(transaction, channelId, seq, userId)
                                .map(MessageChangeService::requireVisible)
                                .chain(found -> step.apply(transaction, found))
                                .chain(changed -> changed
                                        ? log(transaction, events, channelId, seq, change)
                                        : view(transaction, channelId, seq, userId)))
                .plug(caches.invalidating(ChatTags.messages(channelId)));
    }

    private Uni<MessageView> log(
            Transaction transaction, Consumer<Event> events, UUID channelId, long seq, Change change) {
        return store.log(transaction, channelId, seq, change)
                .chain(number -> view(transaction, channelId, seq, change.actorId())
                        .invoke(view -> events.accept(ChannelTopics.changed(new MessageEvent(view, number), change))));
    }

    private Uni<MessageView> view(Transaction transaction, UUID channelId, long seq, UUID userId) {
        return store.find(transaction, channelId, seq, userId).map(Found::message);
    }

    /** As {@link ChannelService#requireMember}; fails with 404 where the channel has no such message. */
    private static Found requireVisible(Found found) {
        if (found == null || !found.access().isKnown()) {
            throw ChannelService.notFound();
        }
        if (!found.access().isMember()) {
            throw ChannelService.notAMember();
        }
        if (found.message() == null) {
            throw ApiException.notFound("message");
        }
        return found;
    }

    private static MessageView requireLive(Found found) {
        if (found.message().deletedAt() != null) {
            throw ApiException.conflict("message-deleted", "This message was deleted");
        }
        return found.message();
    }

    /** What happened in a channel after a change; from the beginning after 0. */
    Uni<SyncView> sync(UUID channelId, UUID userId, long after, int limit) {
        return channels.requireMember(channelId, userId)
                .chain(() -> store.sync(channelId, after, limit + 1))
                .map(rows -> sync(rows, after, limit));
    }

    private static SyncView sync(List<ChangeView> rows, long after, int limit) {
        List<ChangeView> page = rows.subList(0, Math.min(limit, rows.size()));
        long next = page.isEmpty() ? after : page.get(page.size() - 1).change();
        return new SyncView(page, Long.toString(next), rows.size() > limit);
    }

    /** The replies to a message, oldest first; {@code next} is the sequence to go on after. */
    Uni<Page<MessageView>> replies(UUID channelId, long seq, UUID userId, long after, int limit) {
        return get(channelId, seq, userId)
                .chain(() -> store.replies(channelId, seq, after, limit + 1))
                .map(rows -> Page.of(rows, limit, last -> Long.toString(last.seq())));
    }

    /** All that is pinned, latest first. */
    Uni<Page<MessageView>> pins(UUID channelId, UUID userId) {
        return channels.requireMember(channelId, userId)
                .chain(() -> store.pins(channelId))
                .map(rows -> new Page<>(rows, null));
    }

    /** What the caller's own message, or any one for an owner or moderator, said before, oldest first. */
    Uni<Page<EditView>> edits(UUID channelId, long seq, UUID userId, int fromVersion, int limit) {
        return store.find(channelId, seq, userId)
                .map(MessageChangeService::requireVisible)
                .invoke(found -> {
                    if (!found.access().isModerator()
                            && !found.message().author().id().equals(userId)) {
                        throw ApiException.forbidden(
                                "Only its author, owners and moderators of the channel see what it said before");
                    }
                })
                .chain(found -> found.message().deletedAt() == null
                        ? store.edits(channelId, seq, fromVersion, limit + 1)
                        : Uni.createFrom().item(List.<EditView>of()))
                .map(rows -> Page.of(rows, limit, last -> Integer.toString(last.version() + 1)));
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
