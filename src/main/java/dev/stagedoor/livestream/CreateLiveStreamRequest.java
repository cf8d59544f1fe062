package dev.stagedoor.livestream;

import dev.stagedoor.platform.http.LanguageTag;
import dev.stagedoor.platform.http.PlainText;
import dev.stagedoor.platform.http.WebAddress;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

record CreateLiveStreamRequest(
        @Schema(required = true, examples = "Opening night") @NotBlank @PlainText(max = 140)
        String title,

        @Schema(examples = "From the first row") @PlainText(min = 0, max = 5000, multiline = true)
        String description,

        @Schema(examples = "theatre") @PlainText(max = 64) @Pattern(regexp = NOT_BLANK, message = "must not be blank")
        String category,

        @Schema(description = "BCP 47", examples = "en-GB") @LanguageTag
        String language,

        @Schema(examples = "[\"premiere\"]") @Size(max = 10) List<@NotNull @NotBlank @PlainText(max = 32) String> tags,

        @Schema(examples = "https://cdn.example.com/opening.jpg") @WebAddress
        String thumbnailUrl,

        @Valid ChatSettingsRequest chatSettings) {

    /** Unlike {@code @NotBlank}, lets null pass. */
    static final String NOT_BLANK = "[\\s\\S]*\\S[\\s\\S]*";

    CreateLiveStreamRequest {
        description = description == null ? "" : description;
        tags = tags == null ? List.of() : tags;
        chatSettings = chatSettings == null ? new ChatSettingsRequest(null, null, null) : chatSettings;
    }
}
