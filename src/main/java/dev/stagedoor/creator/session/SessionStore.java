package dev.stagedoor.creator.session;

import dev.stagedoor.creator.Slot;
import dev.stagedoor.platform.db.Reads;
import dev.stagedoor.platform.db.Transaction;
import dev.stagedoor.platform.metrics.Upkeep;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;

/** Sessions. Whoever changes one has its creator's row locked before: sessions of one creator change one after the other. */
@ApplicationScoped
class SessionStore {

    static final String COLUMNS = """
            id, creator_id, user_id, status, starts_at, ends_at, price_tokens, token_hold_id, hold_expires_at,
            refundable_until, created_at, version\
            """;

    private static final String LOCK_CREATOR = """
            SELECT creator.id
            FROM creator
            WHERE creator.id = (SELECT creator_id FROM creator_session WHERE id = $1)
            FOR NO KEY UPDATE
            """;

    private static final String LOCK = "SELECT " + COLUMNS + " FROM creator_session WHERE id = $1 FOR UPDATE";

    private static final String INSERT =
            "INSERT INTO creator_session (" + COLUMNS + ") VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)";

    private static final String UPDATE = """
            UPDATE creator_session
            SET status = $2, starts_at = $3, ends_at = $4, refundable_until = $5, version = $6
            WHERE id = $1
            """;

    /** By the index of the constraint. A hold that was not confirmed in time takes nothing. */
    static final String IS_TAKEN = """
            SELECT EXISTS (
                SELECT FROM creator_session
                WHERE creator_id = $1
                  AND tstzrange(starts_at, ends_at) && tstzrange($2, $3)
                  AND status IN ('hold', 'confirmed', 'in_progress')
                  AND (status <> 'hold' OR hold_expires_at > $4)
                  AND id <> $5
            ) AS is_taken
            """;

    static final String OVERDUE = """
            SELECT %s
            FROM creator_session
            WHERE creator_id = $1
              AND tstzrange(starts_at, ends_at) && tstzrange($2, $3)
              AND status IN ('hold', 'confirmed', 'in_progress')
              AND status = 'hold'
              AND hold_expires_at <= $4
            FOR UPDATE
            """.formatted(COLUMNS);

    static final String DUE_HOLDS = Upkeep.MARK
            + "SELECT id FROM creator_session WHERE status = 'hold' AND hold_expires_at <= $1 ORDER BY hold_expires_at LIMIT $2";

    static final String DUE_SETTLEMENTS = Upkeep.MARK + """
            SELECT id
            FROM creator_session
            WHERE status IN ('confirmed', 'in_progress') AND ends_at <= $1
            ORDER BY ends_at
            LIMIT $2
            """;

    private final Reads reads;

    SessionStore(Reads reads) {
        this.reads = reads;
    }

    /** Locks a session and its creator until the transaction ends; emits null where there is none. */
    Uni<Session> lock(Transaction transaction, UUID id) {
        return transaction
                .execute(LOCK_CREATOR, Tuple.of(id))
                .chain(() -> transaction.execute(LOCK, Tuple.of(id)))
                .map(rows -> rows.size() == 0 ? null : session(rows.iterator().next()));
    }

    Uni<Void> insert(Transaction transaction, Session session) {
        Tuple parameters = Tuple.tuple()
                .addUUID(session.id())
                .addUUID(session.creatorId())
                .addUUID(session.userId())
                .addString(session.status().wireName())
                .addOffsetDateTime(utc(session.startsAt()))
                .addOffsetDateTime(utc(session.endsAt()))
                .addLong(session.priceTokens())
                .addUUID(session.tokenHoldId())
                .addOffsetDateTime(utc(session.holdExpiresAt()))
                .addOffsetDateTime(utc(session.refundableUntil()))
                .addOffsetDateTime(utc(session.createdAt()))
                .addInteger(session.version());
        return transaction.execute(INSERT, parameters).replaceWithVoid();
    }

    /** Stores what steps change. */
    Uni<Void> update(Transaction transaction, Session session) {
        Tuple parameters = Tuple.of(
                session.id(),
                session.status().wireName(),
                utc(session.startsAt()),
                utc(session.endsAt()),
                utc(session.refundableUntil()),
                session.version());
        return transaction.execute(UPDATE, parameters).replaceWithVoid();
    }

    /**
     * Whether something is booked in this time.
     *
     * @param exceptId a session that does not count
     */
    Uni<Boolean> isTaken(Transaction transaction, UUID creatorId, Slot time, UUID exceptId, Instant now) {
        return transaction
                .execute(IS_TAKEN, inTime(creatorId, time, now).addUUID(exceptId))
                .map(rows -> rows.iterator().next().getBoolean("is_taken"));
    }

    /** Holds in this time that were not confirmed in theirs, and are still about to expire. */
    Uni<List<Session>> overdue(Transaction transaction, UUID creatorId, Slot time, Instant now) {
        return transaction
                .execute(OVERDUE, inTime(creatorId, time, now))
                .map(rows -> rows.stream().map(SessionStore::session).toList());
    }

    private static Tuple inTime(UUID creatorId, Slot time, Instant now) {
        return Tuple.of(creatorId, utc(time.start()), utc(time.end()), utc(now));
    }

    /** Ids of holds that were not confirmed in time. */
    Uni<List<UUID>> dueHolds(Instant now, int atMost) {
        return reads.list(DUE_HOLDS, Tuple.of(utc(now), atMost), row -> row.getUUID("id"));
    }

    /** Ids of sessions that ended before and were not settled. */
    Uni<List<UUID>> dueSettlements(Instant endedBefore, int atMost) {
        return reads.list(DUE_SETTLEMENTS, Tuple.of(utc(endedBefore), atMost), row -> row.getUUID("id"));
    }

    private static OffsetDateTime utc(Instant instant) {
        return instant == null ? null : instant.atOffset(ZoneOffset.UTC);
    }

    static Session session(Row row) {
        return new Session(
                row.getUUID("id"),
                row.getUUID("creator_id"),
                row.getUUID("user_id"),
                SessionStatus.of(row.getString("status")),
                Reads.instant(row, "starts_at"),
                Reads.instant(row, "ends_at"),
                row.getLong("price_tokens"),
                row.getUUID("token_hold_id"),
                Reads.instant(row, "hold_expires_at"),
                Reads.instant(row, "refundable_until"),
                Reads.instant(row, "created_at"),
                row.getInteger("version"));
    }
}
