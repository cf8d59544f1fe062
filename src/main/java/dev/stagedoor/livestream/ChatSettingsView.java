package dev.stagedoor.livestream;

import io.quarkus.runtime.annotations.RegisterForReflection;
import org.eclipse.microprofile.graphql.Type;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * How viewers chat beside a stream.
 *
 * @param slowModeSeconds how long one viewer waits between two messages; 0 for not at all
 */
@RegisterForReflection
@Type("ChatSettings")
@Schema(name = "ChatSettings")
public record ChatSettingsView(
        @Schema(required = true) boolean enabled,
        @Schema(required = true, examples = "0") int slowModeSeconds,
        @Schema(required = true) boolean membersOnly) {}
