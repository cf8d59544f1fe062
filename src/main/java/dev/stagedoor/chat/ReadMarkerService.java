package dev.stagedoor.chat;

import dev.stagedoor.cache.Caches;
import dev.stagedoor.chat.ReadMarkerStore.Moved;
import dev.stagedoor.platform.http.ApiException;
import dev.stagedoor.realtime.Event;
import dev.stagedoor.realtime.Outbox;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;
import java.util.function.Consumer;

/** What people have read, and what not. */
@ApplicationScoped
class ReadMarkerService {

    /** In a channel of more, nobody is told what others have read: each marker would be an event for everyone. */
    private static final int MAX_TOLD = 50;

    private final ReadMarkerStore store;
    private final ChannelService channels;
    private final Caches caches;
    private final Outbox outbox;

    ReadMarkerService(ReadMarkerStore store, ChannelService channels, Caches caches, Outbox outbox) {
        this.store = store;
        this.channels = channels;
        this.caches = caches;
        this.outbox = outbox;
    }

    /** Fails with 400 for a message that is not there yet. */
    Uni<ReadMarkerView> mark(UUID channelId, UUID userId, MarkReadRequest request) {
        return outbox.<Moved>inTransaction((transaction, events) -> store.move(
                                transaction, channelId, userId, request.seq(), request.force())
                        .invoke(moved -> requireReached(moved, request.seq()))
                        .invoke(moved -> tell(moved, events)))
                .plug(caches.invalidating(ChatTags.channelsOf(userId)))
                .chain(moved -> moved == null
                        ? channels.refuse(channelId, userId)
                        : Uni.createFrom().item(moved.view()));
    }

    private static void tell(Moved moved, Consumer<Event> events) {
        if (moved != null && moved.hasMoved()) {
            events.accept(ChannelTopics.read(moved.view()));
            if (moved.members() <= MAX_TOLD) {
                events.accept(ChannelTopics.seen(moved.view()));
            }
        }
    }

    private static void requireReached(Moved moved, long seq) {
        if (moved != null && seq > moved.view().lastSeq()) {
            throw ApiException.invalid(
                    "seq",
                    "must not be beyond the last message, " + moved.view().lastSeq());
        }
    }

    Uni<UnreadView> unread(UUID userId) {
        return store.unread(userId);
    }
}
