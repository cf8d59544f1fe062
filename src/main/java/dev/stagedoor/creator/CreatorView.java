package dev.stagedoor.creator;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.ZoneId;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.graphql.Id;
import org.eclipse.microprofile.graphql.Ignore;
import org.eclipse.microprofile.graphql.NonNull;
import org.eclipse.microprofile.graphql.Type;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * What everyone may know of a creator.
 *
 * @param pricePerMinuteTokens null where the price is that of a session
 * @param avgRating null without ratings
 * @param exceptions absent in lists
 * @param slots absent but where one creator is asked for
 */
@RegisterForReflection
@Schema(name = "Creator")
@Type("Creator")
public record CreatorView(
        @Schema(required = true) @Id @NonNull UUID id,
        @Schema(required = true, examples = "ada") @NonNull String username,

        @Schema(required = true, examples = "Ada Lovelace") @NonNull
        String displayName,

        @Schema(required = true, examples = "Learn to program an engine") @NonNull
        String headline,

        @Schema(required = true) @NonNull String bio,

        @Schema(required = true, examples = "[\"mathematics\"]") @NonNull
        List<@NonNull String> categories,

        @Schema(required = true, description = "BCP 47", examples = "[\"en-GB\"]") @NonNull
        List<@NonNull String> languages,

        @Schema(required = true, description = "Of a session", examples = "300")
        long priceTokens,

        @Schema(required = true, nullable = true, examples = "5")
        Long pricePerMinuteTokens,

        @Schema(required = true, examples = "60") int sessionMinutes,

        @Schema(required = true, description = "IANA", examples = "Europe/London") @NonNull
        String timeZone,

        @Schema(required = true) @NonNull List<@NonNull WeeklyHoursView> weeklyHours,

        @Schema(description = "Hours of single dates, instead of those of the week")
        @JsonInclude(JsonInclude.Include.NON_NULL)
        @Ignore
        List<DateHoursView> exceptions,

        @Schema(required = true, description = "Completed ones")
        int sessionCount,

        @Schema(required = true) int ratingCount,

        @Schema(required = true, nullable = true, examples = "4.75")
        Double avgRating,

        @Schema(required = true, examples = "0") int version,

        @Schema(description = "The next free ones") @JsonInclude(JsonInclude.Include.NON_NULL) @Ignore
        List<Slot> slots) {

    /** The same, with free slots. */
    CreatorView withSlots(List<Slot> free) {
        return new CreatorView(
                id,
                username,
                displayName,
                headline,
                bio,
                categories,
                languages,
                priceTokens,
                pricePerMinuteTokens,
                sessionMinutes,
                timeZone,
                weeklyHours,
                exceptions,
                sessionCount,
                ratingCount,
                avgRating,
                version,
                free);
    }

    /** Only of what has exceptions. */
    Schedule schedule() {
        return new Schedule(
                ZoneId.of(timeZone), RequestedHours.weekly(weeklyHours), RequestedHours.exceptions(exceptions));
    }
}
