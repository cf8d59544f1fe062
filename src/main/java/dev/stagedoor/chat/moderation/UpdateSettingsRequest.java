package dev.stagedoor.chat.moderation;

import dev.stagedoor.platform.http.PlainText;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * New settings; what is absent stays as it is.
 *
 * @param slowModeSeconds null where it stays
 * @param blockedWords null where they stay
 * @param retentionDays null where they stay, 0 for ever
 */
@Schema(name = "UpdateModerationSettingsRequest")
record UpdateSettingsRequest(
        @Schema(
                nullable = true,
                description = "Between two messages of a plain member; 0 for no slow mode",
                examples = "10")
        @Min(0)
        @Max(21_600)
        Integer slowModeSeconds,

        @Schema(nullable = true, description = "Words and phrases that no message holds", examples = "[\"spoiler\"]")
        @Size(max = 500)
        List<@NotNull @PlainText(max = 64) String> blockedWords,

        @Schema(nullable = true, description = "That messages are kept, which owners say; 0 for ever", examples = "90")
        @Min(0)
        @Max(3_650)
        Integer retentionDays) {}
