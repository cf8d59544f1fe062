package dev.stagedoor.chat;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.stagedoor.account.api.UserTags;
import dev.stagedoor.cache.CacheSpec;
import dev.stagedoor.cache.Caches;
import dev.stagedoor.cache.NamedCache;
import dev.stagedoor.chat.ChannelQueries.Position;
import dev.stagedoor.platform.http.Page;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** What chat keeps ready, and what each kind depends on. */
@ApplicationScoped
class ChatCaches {

    /** Short: people wait to see what is said. */
    private static final Duration REUSE = Duration.ofSeconds(5);

    private final NamedCache<ListKey, MyChannels> lists;
    private final NamedCache<MemberKey, ChannelAccess> members;
    private final NamedCache<PageKey, Page<MessageView>> pages;

    ChatCaches(Caches caches) {
        this.lists = caches.create(new CacheSpec<>(
                "channels",
                ListKey::text,
                key -> Set.of(ChatTags.channelsOf(key.userId())),
                MyChannels::tags,
                ChannelService::notFound,
                REUSE));
        this.members = caches.create(new CacheSpec<>(
                "members",
                MemberKey::text,
                key -> Set.of(ChatTags.channel(key.channelId()), ChatTags.membership(key.channelId(), key.userId())),
                access -> Set.of(),
                ChannelService::notFound,
                REUSE));
        this.pages = caches.create(new CacheSpec<>(
                "messages",
                PageKey::text,
                key -> Set.of(ChatTags.messages(key.channelId())),
                page -> authorTags(page.data()),
                ChannelService::notFound,
                REUSE));
    }

    /** A page of a user's channels. */
    record ListKey(UUID userId, Position after, int limit) {

        String text() {
            return userId + "," + after.isPinned() + "," + after.activityAt() + "," + after.id() + "," + limit;
        }

        static ListKey parse(String text) {
            String[] parts = text.split(",", -1);
            Position after =
                    new Position(Boolean.parseBoolean(parts[1]), Instant.parse(parts[2]), UUID.fromString(parts[3]));
            return new ListKey(UUID.fromString(parts[0]), after, Integer.parseInt(parts[4]));
        }
    }

    /** A page of a user's channels, which another of the user's channels may enter at any time. */
    @RegisterForReflection
    record MyChannels(@JsonValue Page<ChannelView> page, List<UUID> allIds) {

        Set<String> tags() {
            Set<String> tags = new HashSet<>();
            for (UUID id : allIds) {
                tags.add(ChatTags.channel(id));
                tags.add(ChatTags.messages(id));
            }
            tags.addAll(authorTags(page.data().stream()
                    .map(ChannelView::lastMessage)
                    .filter(message -> message != null)
                    .toList()));
            return tags;
        }
    }

    /** Someone who reads or writes in a channel. */
    record MemberKey(UUID channelId, UUID userId) {

        String text() {
            return channelId + "," + userId;
        }

        static MemberKey parse(String text) {
            String[] parts = text.split(",", -1);
            return new MemberKey(UUID.fromString(parts[0]), UUID.fromString(parts[1]));
        }
    }

    /** Where a page of messages lies from its sequence; FROM has that in it. */
    enum Direction {
        BEFORE,
        AFTER,
        FROM
    }

    /** A page of messages, the same for all members. */
    record PageKey(UUID channelId, Direction direction, long seq, int limit) {

        String text() {
            return channelId + "," + direction + "," + seq + "," + limit;
        }

        static PageKey parse(String text) {
            String[] parts = text.split(",", -1);
            return new PageKey(
                    UUID.fromString(parts[0]),
                    Direction.valueOf(parts[1]),
                    Long.parseLong(parts[2]),
                    Integer.parseInt(parts[3]));
        }
    }

    private static Set<String> authorTags(Collection<MessageView> messages) {
        Set<String> tags = new HashSet<>();
        messages.forEach(message -> tags.add(UserTags.user(message.author().id())));
        return tags;
    }

    NamedCache<ListKey, MyChannels> lists() {
        return lists;
    }

    NamedCache<MemberKey, ChannelAccess> members() {
        return members;
    }

    NamedCache<PageKey, Page<MessageView>> pages() {
        return pages;
    }
}
