package dev.stagedoor.livestream;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.graphql.Id;
import org.eclipse.microprofile.graphql.Ignore;
import org.eclipse.microprofile.graphql.NonNull;
import org.eclipse.microprofile.graphql.Type;
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
@Type("Stream")
public record LiveStreamView(
        @Schema(required = true) @Id @NonNull UUID id,

        @Schema(required = true, examples = "Opening night") @NonNull
        String title,

        @Schema(required = true, examples = "From the first row") @NonNull
        String description,

        @Schema(required = true, nullable = true, examples = "theatre")
        String category,

        @Schema(required = true, nullable = true, description = "BCP 47", examples = "en-GB")
        String language,

        @Schema(required = true) @NonNull List<@NonNull String> tags,
        @Schema(required = true, nullable = true) String thumbnailUrl,
        @Schema(required = true) boolean live,
        @Schema(required = true, nullable = true) Instant startedAt,
        @Schema(required = true, nullable = true) Instant endedAt,
        @Schema(required = true) @NonNull ChatSettingsView chatSettings,
        @Schema(required = true) @Ignore PersonView owner,
        @Schema(required = true, examples = "0") int version) {

    public LiveStreamView {
        tags = List.copyOf(tags);
    }
}
