package dev.stagedoor.account;

import dev.stagedoor.platform.db.Reads;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Reads users as views. */
@ApplicationScoped
class UserQueries {

    private static final String FIND =
            "SELECT id, username, display_name, role, created_at FROM app_user WHERE id = $1";

    private static final String FIND_ALL =
            "SELECT id, username, display_name, role, created_at FROM app_user WHERE id = ANY($1)";

    private static final String PAGE = """
            SELECT id, username, display_name, role, created_at
            FROM app_user
            WHERE id < $1
            ORDER BY id DESC
            LIMIT $2
            """;

    private final Reads reads;

    UserQueries(Reads reads) {
        this.reads = reads;
    }

    /** Emits null where there is no such user. */
    Uni<UserView> find(UUID id) {
        return reads.first(FIND, Tuple.of(id), UserQueries::view);
    }

    /** By id; without those that there are not. */
    Uni<Map<UUID, UserView>> findAll(Set<UUID> ids) {
        return reads.list(FIND_ALL, Tuple.of(ids.toArray(UUID[]::new)), UserQueries::view)
                .map(users -> users.stream().collect(Collectors.toMap(UserView::id, Function.identity())));
    }

    /** Newest first. */
    Uni<List<UserView>> page(UUID before, int rows) {
        return reads.listStale(PAGE, Tuple.of(before, rows), UserQueries::view);
    }

    private static UserView view(Row row) {
        return new UserView(
                row.getUUID("id"),
                row.getString("username"),
                row.getString("display_name"),
                UserRole.of(row.getString("role")),
                Reads.instant(row, "created_at"));
    }
}
