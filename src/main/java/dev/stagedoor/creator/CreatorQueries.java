package dev.stagedoor.creator;

import dev.stagedoor.creator.CreatorSort.Position;
import dev.stagedoor.platform.db.Reads;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Reads creators, and the time that is taken, as they are now: what is cached must not come from a replica that lags. */
@ApplicationScoped
class CreatorQueries {

    /** Serves the exclusion constraint's index. */
    static final String TAKEN = """
            SELECT starts_at, ends_at, CASE status WHEN 'hold' THEN hold_expires_at END AS held_until
            FROM creator_session
            WHERE creator_id = $1 AND tstzrange(starts_at, ends_at) && tstzrange($2, NULL)
              AND status IN ('hold', 'confirmed', 'in_progress')
            ORDER BY starts_at
            """;

    /** As {@link #TAKEN}, of many. */
    static final String TAKEN_OF_ALL = """
            SELECT taken.creator_id, taken.starts_at, taken.ends_at, taken.held_until
            FROM unnest($1::uuid[]) AS creators (id)
            CROSS JOIN LATERAL (
                SELECT creator_id, starts_at, ends_at, CASE status WHEN 'hold' THEN hold_expires_at END AS held_until
                FROM creator_session
                WHERE creator_id = creators.id AND tstzrange(starts_at, ends_at) && tstzrange($2, $3)
                  AND status IN ('hold', 'confirmed', 'in_progress')
            ) taken
            """;

    /** What a page shows of the creators {@code p}. */
    private static final String SHOW = "SELECT p.sort_key, " + CreatorRows.COLUMNS + ", weekly.*\n" + """
            FROM page p
            JOIN creator c ON c.id = p.id
            JOIN app_user u ON u.id = c.id
            CROSS JOIN\s"""
            + ScheduleRows.WEEKLY + "ORDER BY p.sort_key %2$s, p.id %2$s";

    /** The inner limit is above all others: without it, a plan for any would expect thousands, and read all users. */
    private static final String ALL = """
            WITH page AS MATERIALIZED (
                SELECT id, sort_key
                FROM (
                    SELECT id, %1$s AS sort_key
                    FROM creator
                    WHERE (%1$s, id) %3$s ($1, $2)
                    ORDER BY %1$s %2$s, id %2$s
                    LIMIT 101
                ) first
                ORDER BY sort_key %2$s, id %2$s
                LIMIT $3
            )
            """ + SHOW;

    /**
     * PostgreSQL does not know how many creators match: walking along the order until a page is full takes long where few do,
     * and sorting all that match where many do. So this walks 2,000 of them, and only where too few of those match, sorts
     * those that match beyond. OFFSET 0 keeps it from walking there, too.
     */
    private static final String FILTERED = """
            WITH near AS MATERIALIZED (
                SELECT id, %1$s AS sort_key
                FROM (
                    SELECT * FROM creator WHERE (%1$s, id) %3$s ($1, $2) ORDER BY %1$s %2$s, id %2$s LIMIT 2000
                ) walked
                WHERE %4$s
                ORDER BY %1$s %2$s, id %2$s
                LIMIT $3
            ), walked_to AS MATERIALIZED (
                SELECT id, %1$s AS sort_key
                FROM creator
                WHERE (%1$s, id) %3$s ($1, $2)
                ORDER BY %1$s %2$s, id %2$s
                OFFSET 1999 LIMIT 1
            ), far AS MATERIALIZED (
                SELECT id, sort_key
                FROM (SELECT id, %1$s AS sort_key FROM creator WHERE %4$s OFFSET 0) matching
                WHERE (SELECT count(*) FROM near) < $3 AND EXISTS (SELECT FROM walked_to)
                  AND (sort_key, id) %3$s ((SELECT sort_key FROM walked_to), (SELECT id FROM walked_to))
                ORDER BY sort_key %2$s, id %2$s
                LIMIT $3
            ), page AS MATERIALIZED (
                SELECT * FROM near UNION ALL SELECT * FROM far ORDER BY sort_key %2$s, id %2$s LIMIT $3
            )
            """ + SHOW;

    private final Reads reads;

    CreatorQueries(Reads reads) {
        this.reads = reads;
    }

    /** A creator in a list, with what the list is sorted by. */
    record Listed(CreatorView view, Object sortKey) {}

    /** Emits null where there is none. */
    Uni<CreatorView> find(UUID id) {
        return reads.first(CreatorRows.ONE, Tuple.of(id), CreatorRows::one);
    }

    /** By id; without those that there are not. */
    Uni<Map<UUID, CreatorView>> findAll(Set<UUID> ids) {
        return reads.list(CreatorRows.ALL, Tuple.of(ids.toArray(UUID[]::new)), CreatorRows::one)
                .map(creators -> creators.stream().collect(Collectors.toMap(CreatorView::id, Function.identity())));
    }

    Uni<List<Listed>> page(CreatorFilter filter, Position after, int rows) {
        Tuple parameters = Tuple.of(after.key(), after.id(), rows);
        if (filter.category() != null) {
            parameters.addString(filter.category());
        }
        if (filter.language() != null) {
            parameters.addString(filter.language());
        }
        if (filter.words() != null) {
            parameters.addString(filter.words());
        }
        return reads.list(
                pageStatement(filter),
                parameters,
                row -> new Listed(CreatorRows.listed(row), row.getValue("sort_key")));
    }

    /** One statement for each set of filters: only then does each have the plan of its index. */
    static String pageStatement(CreatorFilter filter) {
        List<String> conditions = new ArrayList<>();
        int parameter = 3;
        if (filter.category() != null) {
            conditions.add("categories @> ARRAY[$" + ++parameter + "::text]");
        }
        if (filter.language() != null) {
            conditions.add("languages @> ARRAY[$" + ++parameter + "::text]");
        }
        if (filter.words() != null) {
            conditions.add("words @@ lower($" + ++parameter + "::text)::tsquery");
        }
        CreatorSort sort = filter.sort();
        return (filter.isEmpty() ? ALL : FILTERED)
                .formatted(sort.column(), sort.direction(), sort.isAfter(), String.join(" AND ", conditions));
    }

    /** What has not ended by then, the earliest first; also of who is no creator. */
    Uni<List<TakenTime>> taken(UUID creatorId, Instant now) {
        return reads.list(TAKEN, Tuple.of(creatorId, now.atOffset(ZoneOffset.UTC)), CreatorQueries::takenTime);
    }

    /** What of this time is taken, by creator; without those of whom nothing is. */
    Uni<Map<UUID, List<TakenTime>>> takenOf(Set<UUID> creatorIds, SlotRange range) {
        Tuple parameters = Tuple.of(
                creatorIds.toArray(UUID[]::new),
                range.from().atOffset(ZoneOffset.UTC),
                range.to().atOffset(ZoneOffset.UTC));
        return reads.list(TAKEN_OF_ALL, parameters, row -> Map.entry(row.getUUID("creator_id"), takenTime(row)))
                .map(taken -> taken.stream()
                        .collect(Collectors.groupingBy(
                                Map.Entry::getKey, Collectors.mapping(Map.Entry::getValue, Collectors.toList()))));
    }

    private static TakenTime takenTime(Row row) {
        return new TakenTime(
                Reads.instant(row, "starts_at"), Reads.instant(row, "ends_at"), Reads.instant(row, "held_until"));
    }
}
