package dev.stagedoor.livestream.backstage;

import dev.stagedoor.livestream.PersonView;
import io.quarkus.runtime.annotations.RegisterForReflection;
import org.eclipse.microprofile.graphql.Ignore;
import org.eclipse.microprofile.graphql.NonNull;
import org.eclipse.microprofile.graphql.Type;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Someone who takes part in a stream. */
@RegisterForReflection
@Schema(name = "Participant")
@Type("Participant")
public record ParticipantView(
        @Schema(required = true) @Ignore PersonView user,
        @Schema(required = true) @NonNull ParticipantRole role,
        @Schema(required = true) @NonNull ParticipantState state,
        @Schema(required = true) boolean muted,
        @Schema(required = true, examples = "0") int version) {}
