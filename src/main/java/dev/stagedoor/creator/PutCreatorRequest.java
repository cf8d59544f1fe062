package dev.stagedoor.creator;

import dev.stagedoor.platform.http.LanguageTag;
import dev.stagedoor.platform.http.PlainText;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What a creator says of themselves; {@link Profile} checks what one field alone does not show. */
record PutCreatorRequest(
        @Schema(required = true, examples = "Learn to program an engine") @NotBlank @PlainText(max = 140)
        String headline,

        @PlainText(min = 0, max = 5000, multiline = true) String bio,

        @Schema(examples = "[\"mathematics\"]") @Size(max = 10)
        List<@NotNull @NotBlank @PlainText(max = 64) String> categories,

        @Schema(description = "BCP 47", examples = "[\"en-GB\"]") @Size(max = 10)
        List<@NotNull @NotBlank @LanguageTag String> languages,

        @Schema(description = "Of a session; either this or pricePerMinuteTokens", examples = "300")
        @Min(0)
        @Max(Profile.MAX_PRICE)
        Long priceTokens,

        @Schema(description = "Either this or priceTokens") @Min(0) @Max(Profile.MAX_PRICE)
        Long pricePerMinuteTokens,

        @Schema(description = "60, where absent") @Min(5) @Max(480)
        Integer sessionMinutes,

        @Schema(description = "IANA; UTC, where absent", examples = "Europe/London") @PlainText(max = 64)
        String timeZone,

        @Schema(description = "In this time zone; those of a day must not overlap") @Size(max = 50)
        List<@NotNull @Valid WeeklyHoursView> weeklyHours,

        @Schema(description = "Hours of single dates, instead of those of the week") @Size(max = 100)
        List<@NotNull @Valid DateHoursView> exceptions) {

    private static final int DEFAULT_MINUTES = 60;

    PutCreatorRequest {
        bio = bio == null ? "" : bio;
        categories = categories == null ? List.of() : categories;
        languages = languages == null ? List.of() : languages;
        sessionMinutes = sessionMinutes == null ? DEFAULT_MINUTES : sessionMinutes;
        timeZone = timeZone == null ? "UTC" : timeZone;
        weeklyHours = weeklyHours == null ? List.of() : weeklyHours;
        exceptions = exceptions == null ? List.of() : exceptions;
    }
}
