package dev.stagedoor.livestream;

import static dev.stagedoor.livestream.CreateLiveStreamRequest.NOT_BLANK;

import dev.stagedoor.platform.http.LanguageTag;
import dev.stagedoor.platform.http.PlainText;
import dev.stagedoor.platform.http.WebAddress;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What is absent, which is null here, stays as it is; what is null in JSON, which is empty here, is taken away. */
record UpdateLiveStreamRequest(
        @Schema(examples = "Opening night")
        @PlainText(max = 140)
        @Pattern(regexp = NOT_BLANK, message = "must not be blank")
        String title,

        @Schema(examples = "From the first row") @PlainText(min = 0, max = 5000, multiline = true)
        String description,

        @Schema(nullable = true, examples = "theatre")
        Optional<@PlainText(max = 64) @Pattern(regexp = NOT_BLANK, message = "must not be blank") String> category,

        @Schema(nullable = true, description = "BCP 47", examples = "en-GB")
        Optional<@LanguageTag String> language,

        @Schema(examples = "[\"premiere\"]") @Size(max = 10) List<@NotNull @NotBlank @PlainText(max = 32) String> tags,

        @Schema(nullable = true, examples = "https://cdn.example.com/opening.jpg")
        Optional<@WebAddress String> thumbnailUrl,

        @Valid ChatSettingsRequest chatSettings) {}
