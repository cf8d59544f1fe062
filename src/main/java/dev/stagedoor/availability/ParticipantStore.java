package dev.stagedoor.availability;

import dev.stagedoor.availability.GroupEvent.Participant;
import dev.stagedoor.platform.db.Transaction;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;

/** Writes who takes part in an event that is locked. */
@ApplicationScoped
class ParticipantStore {

    private static final String JOIN = """
            INSERT INTO group_event_participant (id, event_id, name, time_zone, session_key_hash, user_id, created_at)
            SELECT $1, $2, $3, $4, $5, $6, $7
            WHERE CAST($6 AS uuid) IS NULL OR EXISTS (SELECT FROM app_user WHERE id = $6 AND erased_at IS NULL FOR KEY SHARE)
            """;

    /** Of one, or of all whose answers move to other slots. */
    static final String ANSWER = """
            UPDATE group_event_participant p
            SET yes = a.yes, if_needed = a.if_needed, answered_at = a.answered_at
            FROM unnest(CAST($2 AS uuid[]), CAST($3 AS bytea[]), CAST($4 AS bytea[]), CAST($5 AS timestamptz[]))
                AS a (id, yes, if_needed, answered_at)
            WHERE p.event_id = $1 AND p.id = a.id
            """;

    static final String LEAVE = "DELETE FROM group_event_participant WHERE event_id = $1 AND id = $2";

    Uni<Void> join(Transaction transaction, UUID eventId, Participant participant, Instant now) {
        Tuple parameters = Tuple.of(participant.id(), eventId, participant.name(), participant.timeZone())
                .addValue(Buffer.buffer(Keys.bytes(participant.sessionKeyHash())))
                .addUUID(participant.userId())
                .addOffsetDateTime(GroupEventRows.utc(now));
        return transaction
                .execute(JOIN, parameters)
                .invoke(GroupEventRows::requireUser)
                .replaceWithVoid();
    }

    /** Writes what these said, in place of what they said before. */
    Uni<Void> answer(Transaction transaction, UUID eventId, List<Participant> answers) {
        Tuple parameters = Tuple.of(eventId)
                .addArrayOfUUID(answers.stream().map(Participant::id).toArray(UUID[]::new))
                .addValue(column(answers, Participant::yes))
                .addValue(column(answers, Participant::ifNeeded))
                .addArrayOfOffsetDateTime(GroupEventRows.utc(
                        answers.stream().map(Participant::answeredAt).toList()));
        return transaction.execute(ANSWER, parameters).replaceWithVoid();
    }

    private static Buffer[] column(List<Participant> answers, Function<Participant, String> encoded) {
        return answers.stream()
                .map(answer -> Buffer.buffer(Positions.bytes(encoded.apply(answer))))
                .toArray(Buffer[]::new);
    }

    Uni<Void> leave(Transaction transaction, UUID eventId, UUID participantId) {
        return transaction.execute(LEAVE, Tuple.of(eventId, participantId)).replaceWithVoid();
    }
}
