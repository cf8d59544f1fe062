package dev.stagedoor.livestream;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * What everyone may know of a live stream.
 *
 * @param live whether it has started and not ended
 * @param startedAt null while it is scheduled
 * @param endedAt null until it has ended
 */
@RegisterForReflection
@Schema(name = "LiveStream")
public record LiveStreamView(
        @Schema(required = true) UUID id,
        @Schema(required = true, examples = "Opening night") String title,

        @Schema(required = true, examples = "From the first row")
        String description,

        @Schema(required = true, nullable = true, examples = "theatre")
        String category,

        @Schema(required = true, nullable = true, description = "BCP 47", examples = "en-GB")
        String language,

        @Schema(required = true) List<String> tags,
        @Schema(required = true, nullable = true) String thumbnailUrl,
        @Schema(required = true) boolean live,
        @Schema(required = true, nullable = true) Instant startedAt,
        @Schema(required = true, nullable = true) Instant endedAt,
        @Schema(required = true) ChatSettingsView chatSettings,
        @Schema(required = true) PersonView owner,
        @Schema(required = true, examples = "0") int version) {

    public LiveStreamView {
        tags = List.copyOf(tags);
    }
}
