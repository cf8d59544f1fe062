package dev.stagedoor.chat;

import dev.stagedoor.cache.Cached;
import dev.stagedoor.cache.Caches;
import dev.stagedoor.chat.ChangeView.Kind;
import dev.stagedoor.chat.ChatCaches.Direction;
import dev.stagedoor.chat.ChatCaches.PageKey;
import dev.stagedoor.chat.MessageChangeStore.Change;
import dev.stagedoor.chat.MessageStore.NewMessage;
import dev.stagedoor.chat.MessageStore.Range;
import dev.stagedoor.chat.MessageStore.Rules;
import dev.stagedoor.platform.context.Ids;
import dev.stagedoor.platform.db.DatabaseFailures;
import dev.stagedoor.platform.http.ApiException;
import dev.stagedoor.platform.http.Page;
import dev.stagedoor.realtime.Event;
import dev.stagedoor.realtime.Outbox;
import io.quarkus.runtime.Startup;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** Sends messages and reads pages of them. */
@Startup
@ApplicationScoped
class MessageService {

    private static final String CLIENT_KEY = "message_client_key";

    private final MessageStore store;
    private final ChannelService channels;
    private final Ids ids;
    private final Clock clock;
    private final Caches caches;
    private final ChatCaches chatCaches;
    private final Outbox outbox;

    MessageService(
            MessageStore store,
            ChannelService channels,
            Ids ids,
            Clock clock,
            Caches caches,
            ChatCaches chatCaches,
            Outbox outbox) {
        this.store = store;
        this.channels = channels;
        this.ids = ids;
        this.clock = clock;
        this.caches = caches;
        this.chatCaches = chatCaches;
        this.outbox = outbox;
        chatCaches.pages().warmedBy(PageKey::parse, this::load);
    }

    /** A message, and whether this request made it. */
    record Sent(MessageView view, boolean isNew) {}

    /**
     * Appends a message; the same sender and client id again give the same message back.
     *
     * @param strict whether another channel or text under the same client id is a mistake (422), not a repetition
     */
    Uni<Sent> send(UUID channelId, UUID authorId, SendMessageRequest request, boolean strict) {
        requireSomething(request);
        NewMessage message = new NewMessage(
                channelId,
                ids.next(),
                authorId,
                request.text(),
                clock.instant().truncatedTo(ChronoUnit.MICROS),
                request.clientId(),
                Mentions.in(request.text()),
                request.attachments(),
                request.replyTo());
        return outbox.<MessageEvent>inTransaction((transaction, events) ->
                        store.append(transaction, message).invoke(sent -> tell(sent, events)))
                .chain(sent -> sent == null
                        ? repeatOrRefuse(message, strict)
                        : Uni.createFrom().item(new Sent(sent.message(), true)))
                .onFailure(failure -> DatabaseFailures.violates(failure, CLIENT_KEY))
                .recoverWithUni(() -> repeat(message, strict))
                // Also of a repetition: who sent it first may have ended before it could.
                .plug(caches.invalidating(ChatTags.messages(channelId)));
    }

    private static void requireSomething(SendMessageRequest request) {
        if (request.text().isEmpty() && request.attachments().isEmpty()) {
            throw ApiException.invalid("text", "must have 1 to 4096 characters");
        }
    }

    /** What was sent before is there, whatever holds now. */
    private Uni<Sent> repeatOrRefuse(NewMessage message, boolean strict) {
        Uni<MessageView> before = message.clientId() == null
                ? Uni.createFrom().nullItem()
                : store.findByClientId(message.authorId(), message.clientId());
        return before.chain(sent -> sent == null ? refuse(message) : repeat(message, strict));
    }

    private <T> Uni<T> refuse(NewMessage message) {
        return channels.requireMemberNow(message.channelId(), message.authorId())
                .chain(() -> store.rules(message))
                .map(rules -> {
                    throw refusal(rules, message.sentAt());
                });
    }

    private static ApiException refusal(Rules rules, Instant now) {
        if (rules == null) {
            return ChannelService.notAMember();
        }
        rules.floor().require();
        if (rules.silencedUntil() != null && rules.silencedUntil().isAfter(now)) {
            return Refusals.muted(rules.silencedUntil());
        }
        if (rules.hasBlockedWord()) {
            return Refusals.blockedWord();
        }
        if (rules.maySendAt() != null && rules.maySendAt().isAfter(now)) {
            return ApiException.tooManyRequests(Duration.between(now, rules.maySendAt()));
        }
        return ApiException.invalid("replyTo", "is not the sequence of a message of this channel");
    }

    private static void tell(MessageEvent sent, Consumer<Event> events) {
        if (sent != null) {
            events.accept(ChannelTopics.changed(
                    sent, Change.of(Kind.CREATED, sent.message().author().id())));
        }
    }

    private Uni<Sent> repeat(NewMessage message, boolean strict) {
        return store.findByClientId(message.authorId(), message.clientId())
                .invoke(sent -> requireSame(sent, message, strict))
                .map(sent -> new Sent(sent, false));
    }

    private static void requireSame(MessageView sent, NewMessage message, boolean strict) {
        boolean sameChannel = sent.channelId().equals(message.channelId());
        if (!sameChannel || (strict && !isSame(sent, message))) {
            throw new ApiException(
                    422, "client-id-reused", "This id came with another message; every message needs its own");
        }
    }

    /** What was edited since cannot be compared, and is taken for the same. */
    private static boolean isSame(MessageView sent, NewMessage message) {
        return sent.version() > 0
                || (sent.text().equals(message.text())
                        && sent.attachments().equals(message.attachments())
                        && (sent.replyTo() == null) == (message.replyTo() == null));
    }

    /** Up to {@code limit} messages before a sequence, oldest first; {@code next} is the sequence to go on before. */
    Uni<Cached> before(UUID channelId, UUID userId, long seq, int limit) {
        return page(userId, new PageKey(channelId, Direction.BEFORE, seq, limit));
    }

    /** Up to {@code limit} messages after a sequence, oldest first; {@code next} is the sequence to go on after. */
    Uni<Cached> after(UUID channelId, UUID userId, long seq, int limit) {
        return page(userId, new PageKey(channelId, Direction.AFTER, seq, limit));
    }

    /** Up to {@code limit} messages with this one in the middle, oldest first; {@code next} is null. */
    Uni<Cached> around(UUID channelId, UUID userId, long seq, int limit) {
        return page(userId, new PageKey(channelId, Direction.FROM, Math.max(1, seq - limit / 2), limit));
    }

    private Uni<Cached> page(UUID userId, PageKey key) {
        return channels.requireMember(key.channelId(), userId)
                .chain(() -> chatCaches.pages().get(key, () -> load(key)));
    }

    /** The same page of each of these channels, without those that the user is not in. */
    Uni<Map<UUID, Page<MessageView>>> pages(Set<UUID> channelIds, UUID userId, Range range) {
        return store.pages(channelIds, userId, range, range.limit() + 1).map(rows -> cut(rows, range));
    }

    private static Map<UUID, Page<MessageView>> cut(Map<UUID, List<MessageView>> rows, Range range) {
        return rows.entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, channel -> cut(channel.getValue(), range)));
    }

    private static Page<MessageView> cut(List<MessageView> rows, Range range) {
        Page<MessageView> page = Page.of(rows, range.limit(), MessageService::seq);
        return switch (range.direction()) {
            case BEFORE -> reversed(page);
            case AFTER -> page;
            case FROM -> new Page<>(page.data(), null);
        };
    }

    private Uni<Page<MessageView>> load(PageKey key) {
        return switch (key.direction()) {
            case BEFORE ->
                store.before(key.channelId(), key.seq(), key.limit() + 1)
                        .map(rows -> reversed(Page.of(rows, key.limit(), MessageService::seq)));
            case AFTER ->
                store.after(key.channelId(), key.seq(), key.limit() + 1)
                        .map(rows -> Page.of(rows, key.limit(), MessageService::seq));
            case FROM -> store.from(key.channelId(), key.seq(), key.limit()).map(rows -> new Page<>(rows, null));
        };
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
