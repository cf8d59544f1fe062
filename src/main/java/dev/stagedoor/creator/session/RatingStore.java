package dev.stagedoor.creator.session;

import dev.stagedoor.platform.db.Reads;
import dev.stagedoor.platform.db.Transaction;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Ratings; their sums are kept by triggers. */
@ApplicationScoped
class RatingStore {

    private static final String COLUMNS = """
            rating.session_id, rating.creator_id, session.user_id, rating.stars, rating.text, rating.created_at,
            rating.updated_at, rating.version\
            """;

    private static final String FIND = "SELECT " + COLUMNS
            + " FROM session_rating rating JOIN creator_session session ON session.id = rating.session_id"
            + " WHERE rating.session_id = $1";

    private static final String FIND_OF_PARTY = FIND + " AND $2 IN (session.creator_id, session.user_id)";

    static final String PAGE = "SELECT " + COLUMNS
            + " FROM session_rating rating JOIN creator_session session ON session.id = rating.session_id"
            + " WHERE rating.creator_id = $1 AND rating.session_id < $2 ORDER BY rating.session_id DESC LIMIT $3";

    static final String FIND_ALL = "SELECT " + COLUMNS
            + " FROM session_rating rating JOIN creator_session session ON session.id = rating.session_id"
            + " WHERE rating.session_id = ANY($1)";

    /** Of each creator as many as the index has first. */
    static final String PAGES = """
            SELECT pages.before, %s
            FROM unnest($1::uuid[], $2::uuid[]) AS pages (creator_id, before)
            CROSS JOIN LATERAL (
                SELECT *
                FROM session_rating
                WHERE creator_id = pages.creator_id AND session_id < pages.before
                ORDER BY session_id DESC
                LIMIT $3
            ) rating
            JOIN creator_session session ON session.id = rating.session_id
            ORDER BY rating.session_id DESC
            """.formatted(COLUMNS);

    private static final String STORE = """
            INSERT INTO session_rating (session_id, creator_id, stars, text, created_at, updated_at, version)
            VALUES ($1, $2, $3, $4, $5, $6, $7)
            ON CONFLICT (session_id) DO UPDATE
            SET stars = excluded.stars, text = excluded.text, updated_at = excluded.updated_at, version = excluded.version
            """;

    private final Reads reads;

    /** Where a page of a creator's ratings begins: those of sessions that were booked earlier. */
    record PageStart(UUID creatorId, UUID before) {}

    RatingStore(Reads reads) {
        this.reads = reads;
    }

    /** Emits null where the session is not rated. */
    Uni<RatingView> find(Transaction transaction, UUID sessionId) {
        return transaction
                .execute(FIND, Tuple.of(sessionId))
                .map(rows -> rows.size() == 0 ? null : rating(rows.iterator().next()));
    }

    /** Emits null where the session is not rated, or is nothing that this one takes part in. */
    Uni<RatingView> find(UUID sessionId, UUID personId) {
        return reads.first(FIND_OF_PARTY, Tuple.of(sessionId, personId), RatingStore::rating);
    }

    /** Of a creator, those of the latest booked sessions first. */
    Uni<List<RatingView>> page(UUID creatorId, UUID before, int rows) {
        return reads.list(PAGE, Tuple.of(creatorId, before, rows), RatingStore::rating);
    }

    /** By session; without those that are not rated. */
    Uni<Map<UUID, RatingView>> findAll(Set<UUID> sessionIds) {
        return reads.list(FIND_ALL, Tuple.of(sessionIds.toArray(UUID[]::new)), RatingStore::rating)
                .map(ratings -> ratings.stream().collect(Collectors.toMap(RatingView::sessionId, Function.identity())));
    }

    /** Those of each page, up to so many; without pages that are empty. */
    Uni<Map<PageStart, List<RatingView>>> pages(Set<PageStart> starts, int rowsOfEach) {
        Tuple parameters = Tuple.of(
                starts.stream().map(PageStart::creatorId).toArray(UUID[]::new),
                starts.stream().map(PageStart::before).toArray(UUID[]::new),
                rowsOfEach);
        return reads.list(PAGES, parameters, row -> Map.entry(row.getUUID("before"), rating(row)))
                .map(rows -> rows.stream()
                        .collect(Collectors.groupingBy(
                                row -> new PageStart(row.getValue().creatorId(), row.getKey()),
                                Collectors.mapping(Map.Entry::getValue, Collectors.toList()))));
    }

    /** Adds or replaces it. */
    Uni<Void> store(Transaction transaction, RatingView rating) {
        Tuple parameters = Tuple.tuple()
                .addUUID(rating.sessionId())
                .addUUID(rating.creatorId())
                .addInteger(rating.stars())
                .addString(rating.text())
                .addOffsetDateTime(rating.createdAt().atOffset(ZoneOffset.UTC))
                .addOffsetDateTime(rating.updatedAt().atOffset(ZoneOffset.UTC))
                .addInteger(rating.version());
        return transaction.execute(STORE, parameters).replaceWithVoid();
    }

    private static RatingView rating(Row row) {
        return new RatingView(
                row.getUUID("session_id"),
                row.getUUID("creator_id"),
                row.getUUID("user_id"),
                row.getInteger("stars"),
                row.getString("text"),
                Reads.instant(row, "created_at"),
                Reads.instant(row, "updated_at"),
                row.getInteger("version"));
    }
}
