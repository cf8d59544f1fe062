package dev.stagedoor.chat;

import dev.stagedoor.chat.MessageStore.NewMessage;
import dev.stagedoor.platform.context.Ids;
import dev.stagedoor.platform.db.DatabaseFailures;
import dev.stagedoor.platform.http.ApiException;
import dev.stagedoor.platform.http.Page;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;

/** Sends messages and reads pages of them. */
@ApplicationScoped
class MessageService {

    private static final String CLIENT_KEY = "message_client_key";

    private final MessageStore store;
    private final ChannelService channels;
    private final Ids ids;
    private final Clock clock;

    MessageService(MessageStore store, ChannelService channels, Ids ids, Clock clock) {
        this.store = store;
        this.channels = channels;
        this.ids = ids;
        this.clock = clock;
    }

    /** A message, and whether this request made it. */
    record Sent(MessageView view, boolean isNew) {}

    /**
     * Appends a message; the same sender and client id again give the same message back.
     *
     * @param strict whether another channel or text under the same client id is a mistake (422), not a repetition
     */
    Uni<Sent> send(UUID channelId, UUID authorId, SendMessageRequest request, boolean strict) {
        NewMessage message = new NewMessage(
                channelId,
                ids.next(),
                authorId,
                request.text(),
                clock.instant().truncatedTo(ChronoUnit.MICROS),
                request.clientId());
        return store.append(message)
                .chain(view -> view == null
                        ? this.<Sent>refuse(channelId, authorId)
                        : Uni.createFrom().item(new Sent(view, true)))
                .onFailure(failure -> DatabaseFailures.violates(failure, CLIENT_KEY))
                .recoverWithUni(() -> repeat(message, strict));
    }

    private Uni<Sent> repeat(NewMessage message, boolean strict) {
        return store.findByClientId(message.authorId(), message.clientId())
                .invoke(sent -> requireSame(sent, message, strict))
                .map(sent -> new Sent(sent, false));
    }

    private static void requireSame(MessageView sent, NewMessage message, boolean strict) {
        boolean sameChannel = sent.channelId().equals(message.channelId());
        if (!sameChannel || (strict && !sent.text().equals(message.text()))) {
            throw new ApiException(
                    422, "client-id-reused", "This id came with another message; every message needs its own");
        }
    }

    private <T> Uni<T> refuse(UUID channelId, UUID userId) {
        return channels.requireAccess(channelId, userId).map(access -> {
            throw ApiException.forbidden("Only members read and write; join the channel first");
        });
    }

    /** Up to {@code limit} messages before a sequence, oldest first; {@code next} is the sequence to go on before. */
    Uni<Page<MessageView>> before(UUID channelId, UUID userId, long seq, int limit) {
        return store.before(channelId, userId, seq, limit + 1)
                .call(rows -> requireMember(rows, channelId, userId))
                .map(rows -> reversed(Page.of(rows, limit, MessageService::seq)));
    }

    /** Up to {@code limit} messages after a sequence, oldest first; {@code next} is the sequence to go on after. */
    Uni<Page<MessageView>> after(UUID channelId, UUID userId, long seq, int limit) {
        return store.after(channelId, userId, seq, limit + 1)
                .call(rows -> requireMember(rows, channelId, userId))
                .map(rows -> Page.of(rows, limit, MessageService::seq));
    }

    /** Up to {@code limit} messages with this one in the middle, oldest first; {@code next} is null. */
    Uni<Page<MessageView>> around(UUID channelId, UUID userId, long seq, int limit) {
        long first = Math.max(1, seq - limit / 2);
        return store.from(channelId, userId, first, limit)
                .call(rows -> requireMember(rows, channelId, userId))
                .map(rows -> new Page<>(rows, null));
    }

    private Uni<?> requireMember(List<MessageView> rows, UUID channelId, UUID userId) {
        return rows.isEmpty()
                ? channels.requireAccess(channelId, userId).invoke(access -> {
                    if (!access.isMember()) {
                        throw ApiException.forbidden("Only members read and write; join the channel first");
                    }
                })
                : Uni.createFrom().voidItem();
    }

    private static Page<MessageView> reversed(Page<MessageView> page) {
        List<MessageView> data = new ArrayList<>(page.data());
        Collections.reverse(data);
        return new Page<>(data, page.next());
    }

    private static String seq(MessageView message) {
        return Long.toString(message.seq());
    }
}
