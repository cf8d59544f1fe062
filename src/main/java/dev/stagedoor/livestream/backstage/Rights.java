package dev.stagedoor.livestream.backstage;

import dev.stagedoor.livestream.Actor;
import dev.stagedoor.platform.http.ApiException;
import java.util.UUID;

/**
 * What someone may do to someone who takes part, or is to.
 *
 * @param self whether these two are the same
 * @param host whether the one acts as a host, who manages all
 * @param moderator whether the one acts as a moderator, who manages all but hosts
 */
record Rights(boolean self, boolean host, boolean moderator) {

    /**
     * The rights of a caller.
     *
     * @param acting the caller as a participant, or null
     */
    static Rights of(Actor actor, Participant acting, UUID targetId) {
        boolean active = acting != null && acting.isActive();
        return new Rights(
                actor.userId().equals(targetId),
                actor.managesAll() || (active && acting.role() == ParticipantRole.HOST),
                active && acting.role() == ParticipantRole.MODERATOR);
    }

    void requireMayManage(ParticipantRole role) {
        if (!host && (!moderator || role == ParticipantRole.HOST)) {
            throw ApiException.forbidden(
                    moderator ? "Only hosts manage hosts" : "Only hosts and moderators manage others");
        }
    }

    void requireMayTouch(ParticipantRole role) {
        if (!self) {
            requireMayManage(role);
        }
    }

    void requireMayAppoint(ParticipantRole from, ParticipantRole to) {
        requireMayManage(from);
        requireMayManage(to);
    }

    /** Only who was invited accepts; everyone leaves by themselves; the rest is for those who manage. */
    void requireMayMove(ParticipantState from, ParticipantState to, ParticipantRole role) {
        boolean accepting = from == ParticipantState.INVITED && to == ParticipantState.WAITING;
        if (accepting && !self) {
            throw ApiException.forbidden("Only who was invited accepts");
        }
        if (!accepting && !(self && to == ParticipantState.LEFT)) {
            requireMayManage(role);
        }
    }

    /** Who was silenced does not speak again by themselves. */
    void requireMayMute(boolean muted, ParticipantRole role) {
        if (!self || !muted) {
            requireMayManage(role);
        }
    }
}
