package dev.stagedoor.chat;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * What a client missed.
 *
 * @param data oldest first
 * @param next after which to go on, at once where there is more, else whenever there may be
 * @param more whether there is
 */
@RegisterForReflection
@Schema(name = "Sync")
public record SyncView(
        @Schema(required = true) List<ChangeView> data,
        @Schema(required = true, examples = "57") String next,
        @Schema(required = true) boolean more) {}
