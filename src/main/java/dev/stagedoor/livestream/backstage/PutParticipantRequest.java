package dev.stagedoor.livestream.backstage;

import jakarta.validation.constraints.NotNull;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

record PutParticipantRequest(
        @Schema(required = true) @NotNull ParticipantRole role,

        @Schema(description = "invited, where absent, as which everyone begins")
        ParticipantState state,

        @Schema(description = "false, where absent") Boolean muted) {

    PutParticipantRequest {
        state = state == null ? ParticipantState.INVITED : state;
        muted = muted != null && muted;
    }

    UpdateParticipantRequest asUpdate() {
        return new UpdateParticipantRequest(role, state, muted);
    }
}
