package dev.stagedoor.livestream.backstage;

import dev.stagedoor.livestream.PersonView;
import io.quarkus.runtime.annotations.RegisterForReflection;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Someone who takes part in a stream. */
@RegisterForReflection
@Schema(name = "Participant")
public record ParticipantView(
        @Schema(required = true) PersonView user,
        @Schema(required = true) ParticipantRole role,
        @Schema(required = true) ParticipantState state,
        @Schema(required = true) boolean muted,
        @Schema(required = true, examples = "0") int version) {}
