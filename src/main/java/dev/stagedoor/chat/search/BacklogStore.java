package dev.stagedoor.chat.search;

import dev.stagedoor.platform.db.Transaction;
import dev.stagedoor.platform.metrics.Upkeep;
import dev.stagedoor.platform.text.SearchableText;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.UUID;

/** Reads and writes what is not searchable yet. */
@ApplicationScoped
class BacklogStore {

    /** Locks the channel, as whoever changes a message does. */
    private static final String CLAIM = Upkeep.MARK + """
            SELECT backlog.channel_id, backlog.before_seq
            FROM search_backlog backlog JOIN channel ON channel.id = backlog.channel_id
            ORDER BY backlog.channel_id
            LIMIT 1
            FOR NO KEY UPDATE SKIP LOCKED
            """;

    static final String UNSEARCHABLE = Upkeep.MARK + """
            SELECT id, seq, author_id, text
            FROM message
            WHERE channel_id = $1 AND seq < $2 AND deleted_at IS NULL
            ORDER BY seq DESC
            LIMIT $3
            """;

    private static final String ADD = Upkeep.MARK + """
            WITH added AS (
                INSERT INTO message_search (id, channel_id, author_id, has_link, text, grams)
                SELECT id, $1, author_id, has_link, text, grams::integer[]
                FROM unnest($3::uuid[], $4::uuid[], $5::boolean[], $6::text[], $7::text[])
                    AS older (id, author_id, has_link, text, grams)
                ON CONFLICT (id) DO NOTHING
            )
            UPDATE search_backlog SET before_seq = $2 WHERE channel_id = $1
            """;

    private static final String COMPLETE = Upkeep.MARK + "DELETE FROM search_backlog WHERE channel_id = $1";

    /** How far a channel is. */
    record Place(UUID channelId, long beforeSeq) {}

    /** A message that cannot be found yet. */
    record Unsearchable(UUID id, long seq, UUID authorId, String text) {}

    /** Emits null where nothing is left, or only what others are at. */
    Uni<Place> claim(Transaction transaction) {
        return transaction
                .execute(CLAIM, Tuple.tuple())
                .map(rows -> rows.size() == 0 ? null : place(rows.iterator().next()));
    }

    private static Place place(Row row) {
        return new Place(row.getUUID("channel_id"), row.getLong("before_seq"));
    }

    /** Newest first. */
    Uni<List<Unsearchable>> unsearchable(Transaction transaction, Place place, int limit) {
        return transaction
                .execute(UNSEARCHABLE, Tuple.of(place.channelId(), place.beforeSeq(), limit))
                .map(rows -> rows.stream()
                        .map(row -> new Unsearchable(
                                row.getUUID("id"), row.getLong("seq"), row.getUUID("author_id"), row.getString("text")))
                        .toList());
    }

    Uni<Void> add(Transaction transaction, Place place, List<Unsearchable> messages) {
        List<SearchableText> texts = messages.stream()
                .map(message -> SearchableText.of(message.text()))
                .toList();
        Tuple parameters = Tuple.of(
                        place.channelId(), messages.get(messages.size() - 1).seq())
                .addArrayOfUUID(messages.stream().map(Unsearchable::id).toArray(UUID[]::new))
                .addArrayOfUUID(messages.stream().map(Unsearchable::authorId).toArray(UUID[]::new))
                .addArrayOfBoolean(texts.stream().map(SearchableText::hasLink).toArray(Boolean[]::new))
                .addArrayOfString(texts.stream().map(SearchableText::folded).toArray(String[]::new))
                .addArrayOfString(
                        texts.stream().map(SearchableText::gramsLiteral).toArray(String[]::new));
        return transaction.execute(ADD, parameters).replaceWithVoid();
    }

    Uni<Void> complete(Transaction transaction, Place place) {
        return transaction.execute(COMPLETE, Tuple.of(place.channelId())).replaceWithVoid();
    }
}
