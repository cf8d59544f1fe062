package dev.stagedoor.availability;

import dev.stagedoor.availability.GroupEvent.Participant;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * When someone can, by the positions of slots.
 *
 * @param timeZone null where they did not say
 * @param answeredAt null for who has not answered yet
 */
@RegisterForReflection
@Schema(name = "GroupEventAnswer")
record AnswerView(
        @Schema(required = true) UUID id,
        @Schema(required = true, examples = "Ada") String name,

        @Schema(required = true, nullable = true, examples = "America/New_York")
        String timeZone,

        @Schema(required = true) List<Integer> yes,
        @Schema(required = true) List<Integer> ifNeeded,
        @Schema(required = true, nullable = true) Instant answeredAt,

        @Schema(required = true, description = "Of the event whose slots these are")
        int version) {

    static AnswerView of(GroupEvent event, Participant participant) {
        int slots = event.settings().time().slots().size();
        return new AnswerView(
                participant.id(),
                participant.name(),
                participant.timeZone(),
                positions(participant.yes(), slots),
                positions(participant.ifNeeded(), slots),
                participant.answeredAt(),
                event.version());
    }

    private static List<Integer> positions(String encoded, int slots) {
        return Positions.decode(encoded, slots).stream().boxed().toList();
    }
}
