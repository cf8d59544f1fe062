package dev.stagedoor.livestream.backstage;

import dev.stagedoor.livestream.PersonView;
import dev.stagedoor.platform.http.ApiException;
import io.quarkus.hibernate.reactive.panache.PanacheEntityBase;
import io.smallrye.mutiny.Uni;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.util.List;
import java.util.UUID;

/** Someone who takes part in a stream, or did. */
@Entity
@Table(name = "stream_participant")
class Participant extends PanacheEntityBase {

    @Id
    UUID id;

    @Column(nullable = false, updatable = false)
    UUID streamId;

    @Column(nullable = false, updatable = false)
    UUID userId;

    @Column(nullable = false)
    String role;

    @Column(nullable = false)
    String state;

    @Column(nullable = false)
    boolean muted;

    @Column(nullable = false, updatable = false)
    boolean owner;

    /** Counts the changes; each is made under the lock of the stream. */
    @Version
    int version;

    protected Participant() {}

    static Participant invited(UUID id, UUID streamId, UUID userId, PutParticipantRequest request) {
        if (request.state() != ParticipantState.INVITED) {
            throw illegalStep("nowhere", request.state());
        }
        Participant participant = new Participant();
        participant.id = id;
        participant.streamId = streamId;
        participant.userId = userId;
        participant.role = request.role().wireName();
        participant.state = request.state().wireName();
        participant.muted = request.muted();
        return participant;
    }

    ParticipantRole role() {
        return ParticipantRole.of(role);
    }

    ParticipantState state() {
        return ParticipantState.of(state);
    }

    /** Whether this one has accepted, and has not left. */
    boolean isActive() {
        return state() != ParticipantState.INVITED && !hasLeft();
    }

    boolean hasLeft() {
        return state() == ParticipantState.LEFT;
    }

    /** Takes over what is present; refuses what these rights do not allow, and what nobody can do. */
    void change(Rights rights, UpdateParticipantRequest request) {
        // The right to each change is that over the role before all of them.
        ParticipantRole before = role();
        if (request.role() != null && request.role() != before) {
            rights.requireMayAppoint(before, request.role());
            requireNotOwner();
            role = request.role().wireName();
        }
        if (request.state() != null && request.state() != state()) {
            rights.requireMayMove(state(), request.state(), before);
            move(request.state());
        }
        if (request.muted() != null && request.muted() != muted) {
            rights.requireMayMute(request.muted(), before);
            muted = request.muted();
        }
    }

    private void move(ParticipantState next) {
        if (next == ParticipantState.LEFT) {
            requireNotOwner();
        }
        if (!state().leadsTo(next)) {
            throw illegalStep(state, next);
        }
        state = next.wireName();
    }

    void requireNotOwner() {
        if (owner) {
            throw ApiException.conflict("owner-stays-host", "The owner of a stream stays in it, as a host");
        }
    }

    private static ApiException illegalStep(String from, ParticipantState to) {
        return ApiException.conflict("illegal-step", "There is no step from " + from + " to " + to.wireName());
    }

    /** Emits this one when its new version is counted. */
    Uni<Participant> flushed() {
        return flush().replaceWith(this);
    }

    static Uni<List<Participant>> listOf(UUID streamId, List<UUID> userIds) {
        return list("streamId = ?1 and userId in (?2)", streamId, userIds);
    }

    static Uni<Long> countOf(UUID streamId) {
        return count("streamId", streamId);
    }

    ParticipantView toView(PersonView user) {
        return new ParticipantView(user, role(), state(), muted, version);
    }
}
