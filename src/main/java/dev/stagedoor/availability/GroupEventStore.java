package dev.stagedoor.availability;

import dev.stagedoor.platform.context.Secrets;
import dev.stagedoor.platform.db.Reads;
import dev.stagedoor.platform.db.Transaction;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.LocalDate;

/** Writes and reads group events. */
@ApplicationScoped
class GroupEventStore {

    private static final String CREATE = """
            INSERT INTO group_event (id, title, description, time_zone, dates, weekdays, week, from_minute, to_minute, slot_minutes,
                                     deadline, max_participants, is_blind, hides_names, allows_if_needed, participants_finalize,
                                     changed_at, expires_at, token, token_hash, organizer_key_hash, owner_id, created_at)
            SELECT $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23
            WHERE CAST($22 AS uuid) IS NULL OR EXISTS (SELECT FROM app_user WHERE id = $22 AND erased_at IS NULL FOR KEY SHARE)
            """;

    /** The event and all who take part, in one row. */
    static final String FIND = """
            SELECT e.id, e.token, e.organizer_key_hash, e.owner_id, e.title, e.description, e.time_zone, e.dates, e.weekdays, e.week,
                   e.from_minute, e.to_minute, e.slot_minutes, e.deadline, e.max_participants, e.is_blind, e.hides_names,
                   e.allows_if_needed, e.participants_finalize, e.final_slot, e.final_slots, e.finalized_at, e.created_at,
                   e.changed_at, e.version,
                   p.ids, p.names, p.time_zones, p.key_hashes, p.user_ids, p.yes, p.if_needed, p.answered_at
            FROM group_event e
            CROSS JOIN LATERAL (
                SELECT array_agg(p.id ORDER BY p.id) AS ids, array_agg(p.name ORDER BY p.id) AS names,
                       array_agg(p.time_zone ORDER BY p.id) AS time_zones,
                       array_agg(p.session_key_hash ORDER BY p.id) AS key_hashes,
                       array_agg(p.user_id ORDER BY p.id) AS user_ids, array_agg(p.yes ORDER BY p.id) AS yes,
                       array_agg(p.if_needed ORDER BY p.id) AS if_needed,
                       array_agg(p.answered_at ORDER BY p.id) AS answered_at
                FROM group_event_participant p
                WHERE p.event_id = e.id
            ) p
            WHERE e.token_hash = $1 AND e.expires_at > $2
            """;

    /** Until the transaction ends, nobody changes the event, or takes part in it besides. */
    static final String LOCK = "SELECT id FROM group_event WHERE token_hash = $1 FOR NO KEY UPDATE";

    static final String UPDATE = """
            UPDATE group_event
            SET title = $2, description = $3, time_zone = $4, dates = $5, weekdays = $6, week = $7, from_minute = $8, to_minute = $9,
                slot_minutes = $10, deadline = $11, max_participants = $12, is_blind = $13, hides_names = $14,
                allows_if_needed = $15, participants_finalize = $16, changed_at = $17, expires_at = $18, final_slot = $19,
                final_slots = $20, finalized_at = CASE WHEN $21 THEN CAST($17 AS timestamptz) END, version = $22
            WHERE id = $1
            """;

    static final String EXISTS = "SELECT true AS exists FROM group_event WHERE token_hash = $1 AND expires_at > $2";

    private final Reads reads;

    GroupEventStore(Reads reads) {
        this.reads = reads;
    }

    /** @param expiresAt from when on it is as if there had never been one */
    Uni<Void> create(Transaction transaction, GroupEvent event, Instant expiresAt) {
        Tuple parameters = settings(event, expiresAt)
                .addString(event.token())
                .addBuffer(hash(event.token()))
                .addBuffer(Buffer.buffer(Keys.bytes(event.organizerKeyHash())))
                .addUUID(event.ownerId())
                .addOffsetDateTime(GroupEventRows.utc(event.createdAt()));
        return transaction
                .execute(CREATE, parameters)
                .invoke(GroupEventRows::requireUser)
                .replaceWithVoid();
    }

    /** Writes what has changed of an event that is locked. */
    Uni<Void> update(Transaction transaction, GroupEvent event, Instant expiresAt) {
        GroupEvent.FinalTime time = event.finalTime();
        Tuple parameters = settings(event, expiresAt)
                .addInteger(time == null ? null : time.first())
                .addInteger(time == null ? null : time.slots())
                .addBoolean(event.isFinalized())
                .addInteger(event.version());
        return transaction.execute(UPDATE, parameters).replaceWithVoid();
    }

    private static Tuple settings(GroupEvent event, Instant expiresAt) {
        EventSettings settings = event.settings();
        EventTime time = settings.time();
        return Tuple.tuple()
                .addUUID(event.id())
                .addString(settings.title())
                .addString(settings.description())
                .addString(time.zone().getId())
                .addArrayOfLocalDate(time.dates().toArray(LocalDate[]::new))
                .addArrayOfString(time.weekdays().stream().map(Weekdays::name).toArray(String[]::new))
                .addLocalDate(time.week())
                .addInteger(time.fromMinute())
                .addInteger(time.toMinute())
                .addInteger(time.slotMinutes())
                .addOffsetDateTime(GroupEventRows.utc(settings.deadline()))
                .addInteger(settings.maxParticipants())
                .addBoolean(settings.isBlind())
                .addBoolean(settings.hidesNames())
                .addBoolean(settings.allowsIfNeeded())
                .addBoolean(settings.participantsFinalize())
                .addOffsetDateTime(GroupEventRows.utc(event.changedAt()))
                .addOffsetDateTime(GroupEventRows.utc(expiresAt));
    }

    /** Emits null where there is none, or it has expired. */
    Uni<GroupEvent> find(String token, Instant now) {
        return reads.first(FIND, byToken(token, now), GroupEventRows::event);
    }

    Uni<Boolean> exists(String token, Instant now) {
        return reads.first(EXISTS, byToken(token, now), row -> row.getBoolean("exists"))
                .map(Boolean.TRUE::equals);
    }

    /** Locks an event, so that nobody else changes it until the transaction ends; emits as {@link #find}. */
    Uni<GroupEvent> lock(Transaction transaction, String token, Instant now) {
        return transaction
                .executeAfter(LOCK, Tuple.tuple().addBuffer(hash(token)), FIND, byToken(token, now))
                .map(rows -> rows.size() == 0
                        ? null
                        : GroupEventRows.event(rows.iterator().next()));
    }

    private static Tuple byToken(String token, Instant now) {
        return Tuple.tuple().addBuffer(hash(token)).addOffsetDateTime(GroupEventRows.utc(now));
    }

    private static Buffer hash(String token) {
        return Buffer.buffer(Secrets.sha256(token));
    }
}
