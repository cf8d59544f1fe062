package dev.stagedoor.realtime.pusher.door;

import dev.stagedoor.realtime.Position;
import dev.stagedoor.realtime.Subscription;
import dev.stagedoor.realtime.pusher.ChannelKind;

/** That a client is in a channel, or is about to be. */
final class ChannelSubscription {

    private final String channel;
    private final ChannelKind kind;
    private final PresenceMember member;
    private final Position after;
    private Subscription subscription;

    /**
     * Begins one.
     *
     * @param member who is present by it; null but on presence channels
     * @param after what to recover from; null for nothing
     */
    ChannelSubscription(String channel, ChannelKind kind, PresenceMember member, Position after) {
        this.channel = channel;
        this.kind = kind;
        this.member = member;
        this.after = after;
    }

    /** How a client is present. {@code info} is JSON, or null. */
    record PresenceMember(String userId, String info) {}

    String channel() {
        return channel;
    }

    ChannelKind kind() {
        return kind;
    }

    PresenceMember member() {
        return member;
    }

    Position after() {
        return after;
    }

    void attached(Subscription attached) {
        this.subscription = attached;
    }

    /** Null until the client is told that it is in the channel. */
    Subscription subscription() {
        return subscription;
    }
}
