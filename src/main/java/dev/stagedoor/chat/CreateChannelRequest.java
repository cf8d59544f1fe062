package dev.stagedoor.chat;

import dev.stagedoor.platform.http.PlainText;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.Set;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

record CreateChannelRequest(
        @Schema(description = "Required, except for a direct channel", examples = "green-room") @PlainText(max = 120)
        String name,

        @Schema(examples = "Where guests wait") @PlainText(min = 0, max = 1000, multiline = true)
        String description,

        @Schema(
                required = true,
                enumeration = {"public", "private", "direct"})
        @NotNull
        Visibility visibility,

        @Schema(description = "Users to add besides the caller; exactly one for a direct channel") @Size(max = 100)
        Set<@NotNull UUID> members) {

    CreateChannelRequest {
        description = description == null ? "" : description;
        members = members == null ? Set.of() : members;
    }
}
