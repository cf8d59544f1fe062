package dev.stagedoor.livestream;

import dev.stagedoor.platform.db.Reads;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** Reads live streams, as they are now: what is cached must not come from a replica that lags. */
@ApplicationScoped
class LiveStreamQueries {

    private static final String COLUMNS = """
            s.id, s.title, s.description, s.category, s.language, s.tags, s.thumbnail_url,
            s.chat_enabled, s.chat_slow_mode_seconds, s.chat_members_only,
            s.live, s.started_at, s.ended_at, s.version, s.owner_id, u.username, u.display_name\
            """;

    private static final String FIND =
            "SELECT " + COLUMNS + " FROM live_stream s JOIN app_user u ON u.id = s.owner_id WHERE s.id = $1";

    private static final String PAGE = """
            WITH s AS (
                SELECT *, %2$s AS listed_at
                FROM live_stream
                WHERE %3$s
                ORDER BY %2$s DESC, id DESC
                LIMIT $3
            )
            SELECT %1$s, s.listed_at
            FROM s JOIN app_user u ON u.id = s.owner_id
            ORDER BY s.listed_at DESC, s.id DESC
            """;

    /** Of each owner as many as the index has first. */
    static final String FIRST_PAGES = """
            SELECT %s, s.created_at AS listed_at
            FROM unnest($1::uuid[]) AS owners (id)
            CROSS JOIN LATERAL (
                SELECT *
                FROM live_stream
                WHERE owner_id = owners.id
                ORDER BY created_at DESC, id DESC
                LIMIT $2
            ) s
            JOIN app_user u ON u.id = s.owner_id
            ORDER BY s.created_at DESC, s.id DESC
            """.formatted(COLUMNS);

    private final Reads reads;

    LiveStreamQueries(Reads reads) {
        this.reads = reads;
    }

    /** A stream in a list, with what the list is sorted by. */
    record Listed(LiveStreamView view, Instant listedAt) {}

    /** Where the last page ended. */
    record Position(Instant listedAt, UUID id) {

        /** Before the first row; a value, and not null, lets the index find the page. */
        static final Position START = new Position(Instant.parse("9999-12-31T00:00:00Z"), new UUID(-1, -1));
    }

    /** Emits null where there is no such stream. */
    Uni<LiveStreamView> find(UUID id) {
        return reads.first(FIND, Tuple.of(id), LiveStreamQueries::view);
    }

    /** The latest first. */
    Uni<List<Listed>> page(LiveStreamFilter filter, Position after, int rows) {
        Tuple parameters = Tuple.of(after.listedAt().atOffset(ZoneOffset.UTC), after.id(), rows);
        if (filter.category() != null) {
            parameters.addString(filter.category());
        }
        if (filter.language() != null) {
            parameters.addString(filter.language());
        }
        if (filter.owner() != null) {
            parameters.addUUID(filter.owner());
        }
        return reads.list(pageStatement(filter), parameters, LiveStreamQueries::listed);
    }

    /** The latest of each owner, up to so many. */
    Uni<List<Listed>> firstPages(Set<UUID> owners, int rowsOfEach) {
        return reads.list(FIRST_PAGES, Tuple.of(owners.toArray(UUID[]::new), rowsOfEach), LiveStreamQueries::listed);
    }

    private static Listed listed(Row row) {
        return new Listed(view(row), Reads.instant(row, "listed_at"));
    }

    /** One statement for each set of filters: only then does each have the plan of its index. */
    static String pageStatement(LiveStreamFilter filter) {
        String listedAt = filter.isByStart() ? "started_at" : "created_at";
        List<String> conditions = new ArrayList<>(List.of("(" + listedAt + ", id) < ($1, $2)"));
        if (filter.live() != null) {
            conditions.add(filter.live() ? "live" : "NOT live");
        }
        int parameter = 3;
        if (filter.category() != null) {
            conditions.add("category = $" + ++parameter);
        }
        if (filter.language() != null) {
            conditions.add("language = $" + ++parameter);
        }
        if (filter.owner() != null) {
            conditions.add("owner_id = $" + ++parameter);
        }
        return PAGE.formatted(COLUMNS, listedAt, String.join(" AND ", conditions));
    }

    private static LiveStreamView view(Row row) {
        return new LiveStreamView(
                row.getUUID("id"),
                row.getString("title"),
                row.getString("description"),
                row.getString("category"),
                row.getString("language"),
                List.of(row.getArrayOfStrings("tags")),
                row.getString("thumbnail_url"),
                row.getBoolean("live"),
                Reads.instant(row, "started_at"),
                Reads.instant(row, "ended_at"),
                new ChatSettingsView(
                        row.getBoolean("chat_enabled"),
                        row.getInteger("chat_slow_mode_seconds"),
                        row.getBoolean("chat_members_only")),
                PersonView.withoutImage(
                        row.getUUID("owner_id"), row.getString("username"), row.getString("display_name")),
                row.getInteger("version"));
    }
}
