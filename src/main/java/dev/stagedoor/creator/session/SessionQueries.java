package dev.stagedoor.creator.session;

import dev.stagedoor.platform.db.Reads;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/** Reads sessions, for those who take part in them. */
@ApplicationScoped
class SessionQueries {

    private static final String FIND =
            "SELECT " + SessionStore.COLUMNS + " FROM creator_session WHERE id = $1 AND $2 IN (creator_id, user_id)";

    /** Of both roles as many as are wanted, each from its own index. */
    static final String PAGE = """
            SELECT * FROM (
                (SELECT %1$s FROM creator_session WHERE user_id = $1 AND id < $2 ORDER BY id DESC LIMIT $3)
                UNION ALL
                (SELECT %1$s FROM creator_session WHERE creator_id = $1 AND id < $2 ORDER BY id DESC LIMIT $3)
            ) session
            ORDER BY id DESC
            LIMIT $3
            """.formatted(SessionStore.COLUMNS);

    static final String PAGE_OF_STATUS = PAGE.replace("AND id < $2", "AND status = $4 AND id < $2");

    /**
     * What the caller has booked or gives: of a person, with that one; of the caller, with anyone. Of each as many as are
     * wanted, from the indexes.
     */
    static final String PAGES = """
            SELECT people.id AS person_id, session.*
            FROM unnest($2::uuid[]) AS people (id)
            CROSS JOIN LATERAL (
                (SELECT %1$s FROM creator_session
                 WHERE user_id = $1 AND people.id = $1 AND id < $3 ORDER BY id DESC LIMIT $4)
                UNION ALL
                (SELECT %1$s FROM creator_session
                 WHERE creator_id = $1 AND people.id = $1 AND id < $3 ORDER BY id DESC LIMIT $4)
                UNION ALL
                (SELECT %1$s FROM creator_session
                 WHERE user_id = $1 AND creator_id = people.id AND id < $3 ORDER BY id DESC LIMIT $4)
                UNION ALL
                (SELECT %1$s FROM creator_session
                 WHERE creator_id = $1 AND user_id = people.id AND id < $3 ORDER BY id DESC LIMIT $4)
                ORDER BY id DESC
                LIMIT $4
            ) session
            ORDER BY session.id DESC
            """.formatted(SessionStore.COLUMNS);

    static final String PAGES_OF_STATUS = PAGES.replace("AND id < $3", "AND status = $5 AND id < $3");

    private final Reads reads;

    SessionQueries(Reads reads) {
        this.reads = reads;
    }

    /** Emits null where there is none that this one takes part in. */
    Uni<SessionView> find(UUID id, UUID personId) {
        return reads.first(
                FIND, Tuple.of(id, personId), row -> SessionStore.session(row).toView());
    }

    /** A session, and of whom it was asked for. */
    private record Shared(UUID personId, SessionView view) {}

    /**
     * Of each person those that the caller takes part in too, newest first; of the caller, all.
     *
     * @param status null for all
     */
    Uni<Map<UUID, List<SessionView>>> pages(UUID callerId, Set<UUID> people, String status, UUID before, int rows) {
        Tuple parameters = Tuple.of(callerId, people.toArray(UUID[]::new), before, rows);
        Uni<List<Shared>> shared = status == null
                ? reads.list(PAGES, parameters, SessionQueries::shared)
                : reads.list(PAGES_OF_STATUS, parameters.addString(status), SessionQueries::shared);
        return shared.map(SessionQueries::byPerson);
    }

    private static Shared shared(Row row) {
        return new Shared(row.getUUID("person_id"), SessionStore.session(row).toView());
    }

    private static Map<UUID, List<SessionView>> byPerson(List<Shared> shared) {
        return shared.stream()
                .collect(
                        Collectors.groupingBy(Shared::personId, Collectors.mapping(Shared::view, Collectors.toList())));
    }

    /**
     * Those that someone has booked or gives, newest first.
     *
     * @param status null for all
     */
    Uni<List<SessionView>> page(UUID personId, String status, UUID before, int rows) {
        Tuple parameters = Tuple.of(personId, before, rows);
        return status == null
                ? reads.list(PAGE, parameters, row -> SessionStore.session(row).toView())
                : reads.list(
                        PAGE_OF_STATUS,
                        parameters.addString(status),
                        row -> SessionStore.session(row).toView());
    }
}
