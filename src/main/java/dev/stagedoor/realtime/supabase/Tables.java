package dev.stagedoor.realtime.supabase;

import dev.stagedoor.realtime.Message;
import io.quarkus.arc.All;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/** The tables that features publish. */
@ApplicationScoped
class Tables {

    private static final Logger LOG = Logger.getLogger(Tables.class);

    private static final String SCHEMA = "public";

    private final Map<String, Table> byName;

    Tables(@All List<PublishedTable> published, Clock clock) {
        this.byName = published.stream()
                .map(table -> new Table(table, clock))
                .collect(Collectors.toUnmodifiableMap(table -> table.published.name(), Function.identity()));
    }

    Optional<Table> find(Object schema, Object name) {
        return SCHEMA.equals(schema) && name instanceof String
                ? Optional.ofNullable(byName.get(name))
                : Optional.empty();
    }

    /**
     * A change as it was read, and as it goes over the wire.
     *
     * @param json the {@code data} of {@code postgres_changes}
     */
    record Told(RowChange change, String json) {}

    /** A table with the form that its changes have for all clients. */
    static final class Table implements Message.Encoding<List<Told>> {

        private final PublishedTable published;
        private final Clock clock;

        Table(PublishedTable published, Clock clock) {
            this.published = published;
            this.clock = clock;
        }

        PublishedTable published() {
            return published;
        }

        @Override
        public List<Told> encode(Message message) {
            try {
                return published.changes(message).stream()
                        .map(change -> new Told(change, json(change)))
                        .toList();
            } catch (RuntimeException e) {
                // Who may publish to a topic may publish anything under any name.
                LOG.debugf("No change of %s: %s", published.name(), e.toString());
                return List.of();
            }
        }

        private String json(RowChange change) {
            boolean isDeleted = change.kind() == RowChange.Kind.DELETE;
            JsonObject data = new JsonObject()
                    .put("schema", SCHEMA)
                    .put("table", published.name())
                    .put("commit_timestamp", clock.instant().toString())
                    .put("type", change.kind().name())
                    .put("columns", columns())
                    .put("record", isDeleted ? new JsonObject() : change.row())
                    .put("old_record", isDeleted ? change.row() : new JsonObject())
                    .putNull("errors");
            return data.encode();
        }

        private JsonArray columns() {
            return new JsonArray(published.columns().stream()
                    .map(column -> new JsonObject()
                            .put("name", column.name())
                            .put("type", column.type().sqlName()))
                    .toList());
        }
    }
}
