package dev.stagedoor.chat.search;

import dev.stagedoor.chat.ChatRows;
import dev.stagedoor.chat.search.SearchQuery.Term;
import dev.stagedoor.platform.db.Reads;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.UUID;

/** Finds messages. */
@ApplicationScoped
class SearchQueries {

    private static final String CHANNELS = """
            SELECT c.id, lower(c.name) AS name
            FROM membership own JOIN channel c ON c.id = own.channel_id
            WHERE own.user_id = $1
            """;

    private final Reads reads;

    SearchQueries(Reads reads) {
        this.reads = reads;
    }

    /** A channel; the name, in lower case, is null where it has none. */
    record Searched(UUID id, String name) {}

    /** What to look for, and where; {@code before} is the id at which the last page ended. */
    record Search(SearchQuery query, UUID userId, List<UUID> channelIds, UUID before, int rows) {}

    Uni<List<Searched>> channelsOf(UUID userId) {
        return reads.list(CHANNELS, Tuple.of(userId), row -> new Searched(row.getUUID("id"), row.getString("name")));
    }

    /** What the user may read of it, newest first. */
    Uni<List<FoundMessageView>> find(Search search) {
        SearchStatement statement = SearchStatement.of(search);
        List<Term> wanted = search.query().wanted();
        return reads.list(
                statement.sql(),
                statement.parameters(),
                row -> FoundMessageView.of(
                        ChatRows.message(row), row.getString("channel_name"), wanted, row.getString("marked")));
    }
}
