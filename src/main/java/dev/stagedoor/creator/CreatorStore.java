package dev.stagedoor.creator;

import dev.stagedoor.platform.db.Transaction;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;

/** What changes of creators and of their sessions do with creators. */
@ApplicationScoped
public class CreatorStore {

    private static final String LOCK = "SELECT id FROM creator WHERE id = $1 FOR NO KEY UPDATE";

    /** Before the creator, as a change of the name does, that changes the creator then. */
    private static final String LOCK_USER = "SELECT id FROM app_user WHERE id = $1 FOR NO KEY UPDATE";

    /** The words are a trigger's. */
    private static final String PUT = """
            INSERT INTO creator (id, headline, bio, categories, languages, price_tokens, price_per_minute_tokens,
                                 session_minutes, time_zone, words, created_at)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, '', $10)
            ON CONFLICT (id) DO UPDATE SET
                headline = excluded.headline, bio = excluded.bio, categories = excluded.categories,
                languages = excluded.languages, price_tokens = excluded.price_tokens,
                price_per_minute_tokens = excluded.price_per_minute_tokens,
                session_minutes = excluded.session_minutes, time_zone = excluded.time_zone,
                version = creator.version + 1
            """;

    private static final String DELETE_HOURS = """
            WITH deleted AS (DELETE FROM creator_hours WHERE creator_id = $1)
            DELETE FROM creator_date WHERE creator_id = $1
            """;

    private static final String INSERT_HOURS = """
            WITH weekly AS (
                INSERT INTO creator_hours (creator_id, day, from_minute, to_minute)
                SELECT $1, * FROM unnest($2::integer[], $3::integer[], $4::integer[])
            )
            INSERT INTO creator_date (creator_id, date, from_minute, to_minute)
            SELECT $1, * FROM unnest($5::date[], $6::integer[], $7::integer[])
            """;

    /**
     * Locks the creator until the transaction ends, so that the hours stay; emits null where there is none. Who locks
     * sessions too, locks the creator first: what counts the sessions locks it after them.
     */
    public Uni<BookableCreator> lock(Transaction transaction, UUID creatorId) {
        return transaction
                .execute(LOCK, Tuple.of(creatorId))
                .chain(locked -> one(transaction, creatorId))
                .map(row -> row == null ? null : bookable(row));
    }

    private static BookableCreator bookable(Row row) {
        return new BookableCreator(
                row.getUUID("id"),
                row.getLong("price_tokens"),
                row.getInteger("session_minutes"),
                ScheduleRows.schedule(row));
    }

    /** By a statement of its own: one that waits for a lock sees other tables as they were before it did. */
    private static Uni<Row> one(Transaction transaction, UUID id) {
        return transaction.execute(CreatorRows.ONE, Tuple.of(id)).map(CreatorStore::firstOrNull);
    }

    private static Row firstOrNull(RowSet<Row> rows) {
        return rows.iterator().hasNext() ? rows.iterator().next() : null;
    }

    /** Keeps others from changing this creator, or from making it one; emits whether there is such a user. */
    Uni<Boolean> lockUser(Transaction transaction, UUID userId) {
        return transaction.execute(LOCK_USER, Tuple.of(userId)).map(rows -> rows.size() > 0);
    }

    /** Emits null where there is none. */
    Uni<CreatorView> find(Transaction transaction, UUID id) {
        return one(transaction, id).map(row -> row == null ? null : CreatorRows.one(row));
    }

    /** Makes a creator of a user, or replaces what the creator said before. */
    Uni<Void> put(Transaction transaction, UUID id, Profile profile, Instant now) {
        return transaction
                .execute(PUT, columns(id, profile, now))
                .chain(done -> transaction.execute(DELETE_HOURS, Tuple.of(id)))
                .chain(done -> transaction.execute(INSERT_HOURS, hours(id, profile.schedule())))
                .replaceWithVoid();
    }

    private static Tuple columns(UUID id, Profile profile, Instant now) {
        return Tuple.tuple()
                .addUUID(id)
                .addString(profile.headline())
                .addString(profile.bio())
                .addArrayOfString(profile.categories().toArray(String[]::new))
                .addArrayOfString(profile.languages().toArray(String[]::new))
                .addLong(profile.priceTokens())
                .addLong(profile.pricePerMinuteTokens())
                .addInteger(profile.sessionMinutes())
                .addString(profile.schedule().zone().getId())
                .addOffsetDateTime(now.atOffset(ZoneOffset.UTC));
    }

    private static Tuple hours(UUID id, Schedule schedule) {
        List<WeeklyHours> weekly = schedule.weekly();
        List<DateRow> dates = schedule.exceptions().stream()
                .flatMap(exception -> DateRow.of(exception).stream())
                .toList();
        return Tuple.tuple()
                .addUUID(id)
                .addArrayOfInteger(
                        weekly.stream().map(each -> each.day().getValue()).toArray(Integer[]::new))
                .addArrayOfInteger(
                        weekly.stream().map(each -> each.hours().fromMinute()).toArray(Integer[]::new))
                .addArrayOfInteger(
                        weekly.stream().map(each -> each.hours().toMinute()).toArray(Integer[]::new))
                .addArrayOfLocalDate(dates.stream().map(DateRow::date).toArray(LocalDate[]::new))
                .addArrayOfInteger(dates.stream().map(DateRow::from).toArray(Integer[]::new))
                .addArrayOfInteger(dates.stream().map(DateRow::to).toArray(Integer[]::new));
    }

    /** Without minutes where the date is closed. */
    private record DateRow(LocalDate date, Integer from, Integer to) {

        static List<DateRow> of(DateHours exception) {
            return exception.hours().isEmpty()
                    ? List.of(new DateRow(exception.date(), null, null))
                    : exception.hours().stream()
                            .map(hours -> new DateRow(exception.date(), hours.fromMinute(), hours.toMinute()))
                            .toList();
        }
    }
}
