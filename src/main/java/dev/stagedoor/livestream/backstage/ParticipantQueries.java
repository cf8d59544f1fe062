package dev.stagedoor.livestream.backstage;

import dev.stagedoor.livestream.PersonView;
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

/** Reads who takes part, as it is now: what is cached must not come from a replica that lags. */
@ApplicationScoped
class ParticipantQueries {

    private static final String LIST = """
            SELECT p.user_id, u.username, u.display_name, p.role, p.state, p.muted, p.version
            FROM stream_participant p JOIN app_user u ON u.id = p.user_id
            WHERE p.stream_id = $1
            ORDER BY p.id
            """;

    private static final String LIST_ALL = """
            SELECT p.stream_id, p.user_id, u.username, u.display_name, p.role, p.state, p.muted, p.version
            FROM stream_participant p JOIN app_user u ON u.id = p.user_id
            WHERE p.stream_id = ANY($1)
            ORDER BY p.id
            """;

    private final Reads reads;

    ParticipantQueries(Reads reads) {
        this.reads = reads;
    }

    /** Also those who left; in the order in which they were invited. Empty where there is no such stream. */
    Uni<List<ParticipantView>> list(UUID streamId) {
        return reads.list(LIST, Tuple.of(streamId), ParticipantQueries::participant);
    }

    /** As {@link #list}, of several streams. */
    Uni<Map<UUID, List<ParticipantView>>> listAll(Set<UUID> streamIds) {
        return reads.list(
                        LIST_ALL,
                        Tuple.of(streamIds.toArray(UUID[]::new)),
                        row -> Map.entry(row.getUUID("stream_id"), participant(row)))
                .map(rows -> rows.stream()
                        .collect(Collectors.groupingBy(
                                Map.Entry::getKey, Collectors.mapping(Map.Entry::getValue, Collectors.toList()))));
    }

    private static ParticipantView participant(Row row) {
        return new ParticipantView(
                PersonView.withoutImage(
                        row.getUUID("user_id"), row.getString("username"), row.getString("display_name")),
                ParticipantRole.of(row.getString("role")),
                ParticipantState.of(row.getString("state")),
                row.getBoolean("muted"),
                row.getInteger("version"));
    }
}
