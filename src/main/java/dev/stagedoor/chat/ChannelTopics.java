package dev.stagedoor.chat;

import dev.stagedoor.account.api.Scopes;
import dev.stagedoor.account.api.UserTopic;
import dev.stagedoor.chat.ChangeView.Kind;
import dev.stagedoor.chat.MessageChangeStore.Change;
import dev.stagedoor.platform.http.ApiException;
import dev.stagedoor.realtime.Event;
import dev.stagedoor.realtime.Revocation;
import dev.stagedoor.realtime.access.Listener;
import dev.stagedoor.realtime.access.TopicNames;
import dev.stagedoor.realtime.access.TopicRule;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/** What is told of channels, and to whom: its members hear what happens in a channel, and see who else is there. */
@ApplicationScoped
public class ChannelTopics implements TopicRule {

    private static final String EVENTS = "private-channel-";
    private static final String PRESENCE = "presence-channel-";

    private final ChannelService channels;

    ChannelTopics(ChannelService channels) {
        this.channels = channels;
    }

    static String events(UUID channelId) {
        return EVENTS + channelId;
    }

    static String presence(UUID channelId) {
        return PRESENCE + channelId;
    }

    /** Of a message, as it is after the change with this number. */
    static Event changed(MessageEvent changed, Change change) {
        MessageView message = changed.message();
        UUID channelId = message.channelId();
        List<String> keys = List.of(ChatTags.messages(channelId));
        return switch (change.type()) {
            case CREATED -> Event.of(events(channelId), "message.created", changed, keys);
            case EDITED -> Event.of(events(channelId), "message.updated", changed, keys);
            case DELETED -> Event.of(events(channelId), "message.deleted", changed, keys);
            case REACTION ->
                Event.of(
                        events(channelId),
                        "message.reaction",
                        Map.of(
                                "channelId", channelId,
                                "seq", message.seq(),
                                "userId", change.actorId(),
                                "emoji", change.emoji(),
                                "added", change.isAdded(),
                                "change", changed.change(),
                                "reactions", message.reactions()),
                        keys);
        };
    }

    /** For everyone who is in a new channel. */
    static Stream<Event> created(ChannelView channel, UUID ownerId, Stream<UUID> memberIds) {
        return memberIds.map(id -> Event.of(
                UserTopic.of(id),
                "channel.created",
                id.equals(ownerId) ? channel : channel.withRole("member"),
                List.of(ChatTags.channelsOf(id))));
    }

    static List<Event> joined(MembershipView membership) {
        UUID channelId = membership.channelId();
        List<String> keys = ChatTags.ofMember(channelId, membership.userId());
        return List.of(
                Event.of(events(channelId), "member.added", membership, keys),
                Event.of(UserTopic.of(membership.userId()), "channel.joined", membership, keys));
    }

    /** Of someone who has another role now. */
    public static Event updated(MembershipView membership) {
        UUID channelId = membership.channelId();
        return Event.of(
                events(channelId), "member.updated", membership, ChatTags.ofMember(channelId, membership.userId()));
    }

    /** Of a message that was deleted otherwise than by someone's asking for that. */
    public static Event deleted(MessageEvent deleted) {
        return changed(
                deleted, Change.of(Kind.DELETED, deleted.message().author().id()));
    }

    /** Of a channel that forgot the messages before this one. */
    public static Event trimmed(UUID channelId, long firstSeq) {
        return Event.of(
                events(channelId),
                "channel.trimmed",
                Map.of("channelId", channelId, "firstSeq", firstSeq),
                List.of(ChatTags.channel(channelId), ChatTags.messages(channelId)));
    }

    /**
     * Of someone who may not write for a time.
     *
     * @param until null for who may write again
     */
    public static Event muted(UUID channelId, UUID userId, Instant until) {
        Map<String, Object> mute = new HashMap<>();
        mute.put("channelId", channelId);
        mute.put("userId", userId);
        mute.put("until", until);
        return Event.of(events(channelId), "member.muted", mute, List.of());
    }

    /** For the reader's other devices. */
    static Event read(ReadMarkerView marker) {
        return Event.of(
                UserTopic.of(marker.userId()), "channel.read", marker, List.of(ChatTags.channelsOf(marker.userId())));
    }

    /** For those who wrote what was read. */
    static Event seen(ReadMarkerView marker) {
        return Event.of(
                events(marker.channelId()),
                "message.read",
                Map.of("channelId", marker.channelId(), "userId", marker.userId(), "readSeq", marker.readSeq()),
                List.of());
    }

    /** For the member's other devices. */
    static Event updatedMembership(UUID channelId, UUID userId) {
        return Event.of(
                UserTopic.of(userId),
                "channel.updated",
                Map.of("channelId", channelId),
                List.of(ChatTags.channelsOf(userId)));
    }

    /** Who is not in the channel any more hears nothing more. */
    public static List<Event> left(UUID channelId, UUID userId) {
        Map<String, UUID> membership = Map.of("channelId", channelId, "userId", userId);
        List<String> keys = ChatTags.ofMember(channelId, userId);
        return List.of(
                Event.of(events(channelId), "member.removed", membership, keys),
                Event.of(UserTopic.of(userId), "channel.left", membership, keys),
                Revocation.of(events(channelId), userId),
                Revocation.of(presence(channelId), userId));
    }

    /**
     * Of a viewer who leaves the chat of a stream, for their own devices: it is open to them whenever they come again, and
     * viewers come and go, of which each would be an event for all the others.
     */
    static List<Event> leftStream(UUID channelId, UUID userId) {
        return List.of(Event.of(
                UserTopic.of(userId),
                "channel.left",
                Map.of("channelId", channelId, "userId", userId),
                ChatTags.ofViewer(channelId, userId)));
    }

    @Override
    public boolean covers(String topic) {
        return channelId(topic).isPresent();
    }

    private static Optional<UUID> channelId(String topic) {
        return TopicNames.id(topic, EVENTS).or(() -> TopicNames.id(topic, PRESENCE));
    }

    @Override
    public Uni<Boolean> admits(Listener listener, String topic) {
        if (listener.userId() == null || !listener.scopes().contains(Scopes.CHAT_READ)) {
            return Uni.createFrom().item(false);
        }
        boolean isPresence = topic.startsWith(PRESENCE);
        return channels.requireMemberNow(channelId(topic).orElseThrow(), listener.userId())
                .map(access -> !isPresence || access.visibility() != Visibility.STREAM)
                .onFailure(ApiException.class)
                .recoverWithItem(false);
    }
}
