package dev.stagedoor.chat;

import io.quarkus.runtime.annotations.RegisterForReflection;

/** What someone is to a channel; the role is null for who is not a member. */
@RegisterForReflection
public record ChannelAccess(Visibility visibility, String role) {

    /** Whether they may know of the channel. */
    public boolean isKnown() {
        return visibility == Visibility.PUBLIC || isMember();
    }

    public boolean isMember() {
        return role != null;
    }

    /** A channel of two is nobody's, whoever began it. */
    public boolean isOwner() {
        return visibility != Visibility.DIRECT && "owner".equals(role);
    }

    /** Owners are moderators, too. */
    public boolean isModerator() {
        return isOwner() || (visibility != Visibility.DIRECT && "moderator".equals(role));
    }
}
