package dev.stagedoor.chat.moderation;

import dev.stagedoor.cache.Caches;
import dev.stagedoor.chat.ChannelAccess;
import dev.stagedoor.chat.ChannelService;
import dev.stagedoor.chat.ChatTags;
import dev.stagedoor.chat.moderation.ModerationStore.Act;
import dev.stagedoor.chat.moderation.ModerationStore.Standing;
import dev.stagedoor.platform.db.Transaction;
import dev.stagedoor.platform.http.ApiException;
import dev.stagedoor.realtime.Event;
import dev.stagedoor.realtime.Outbox;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;

/** Lets owners and moderators act in their channels, one at a time, and nobody else. */
@ApplicationScoped
class Moderators {

    private final ModerationStore store;
    private final ChannelService channels;
    private final Caches caches;
    private final Outbox outbox;

    Moderators(ModerationStore store, ChannelService channels, Caches caches, Outbox outbox) {
        this.store = store;
        this.channels = channels;
        this.caches = caches;
        this.outbox = outbox;
    }

    /** Who acts on whom, where; the user is null where it is about nobody. */
    record Case(UUID channelId, UUID callerId, UUID userId) {

        Act act(Action action, String reason) {
            return Act.on(channelId, callerId, action, userId, reason);
        }

        List<String> tags() {
            return userId == null ? List.of() : ChatTags.ofMember(channelId, userId);
        }
    }

    /** What a moderator does, knowing what both are to the channel. */
    interface Step<T> {
        Uni<T> take(Transaction transaction, Consumer<Event> events, Standing standing);
    }

    /** Takes a step while nobody else changes the channel; refuses who may not know of it, or is no moderator. */
    <T> Uni<T> moderate(Case about, Step<T> step) {
        return outbox.<T>inTransaction((transaction, events) -> store.lock(
                                transaction, about.channelId(), about.callerId(), about.userId())
                        .invoke(standing -> requireModerator(standing == null ? null : standing.access()))
                        .chain(standing -> step.take(transaction, events, standing)))
                .plug(caches.invalidating(about.tags()));
    }

    private static void requireModerator(ChannelAccess access) {
        if (access == null || !access.isKnown()) {
            throw ChannelService.notFound();
        }
        if (!access.isModerator()) {
            throw ApiException.forbidden("Only owners and moderators of the channel do this");
        }
    }

    /** Refuses who may not know of the channel, or is no moderator. */
    Uni<ChannelAccess> require(UUID channelId, UUID callerId) {
        return channels.requireAccess(channelId, callerId).invoke(access -> requireModerator(access));
    }
}
