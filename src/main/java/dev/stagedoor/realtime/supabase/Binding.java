package dev.stagedoor.realtime.supabase;

import io.vertx.core.json.JsonObject;
import java.util.Set;

/**
 * One kind of change that a client wants to hear of in a channel.
 *
 * @param id never 0, which clients take for none
 * @param asked as the client said it, which it compares the answer with
 */
record Binding(int id, JsonObject asked, Tables.Table table, RowFilter filter, String topic) {

    private static final String ANY = "*";
    private static final Set<String> EVENTS = Set.of(ANY, "INSERT", "UPDATE", "DELETE");

    static Binding parse(int id, Object asked, Tables tables) {
        if (!(asked instanceof JsonObject json) || !EVENTS.contains(String.valueOf(json.getValue("event")))) {
            throw new Refusal("an entry of postgres_changes has no event of *, INSERT, UPDATE and DELETE");
        }
        Tables.Table table = tables.find(json.getValue("schema"), json.getValue("table"))
                .orElseThrow(() -> new Refusal("no such table is published"));
        RowFilter filter = filter(json.getValue("filter"), table.published());
        String topic = table.published()
                .topic(filter)
                .orElseThrow(() -> new Refusal("the table " + table.published().name() + " needs another filter"));
        return new Binding(id, json, table, filter, topic);
    }

    private static RowFilter filter(Object text, PublishedTable table) {
        if (text == null || "".equals(text)) {
            return RowFilter.NONE;
        }
        return RowFilter.parse(text.toString(), table.columns());
    }

    boolean matches(RowChange change) {
        String event = asked.getString("event");
        return (event.equals(ANY) || event.equals(change.kind().name())) && filter.matches(change);
    }

    /** What the client is to compare with what it asked for. */
    JsonObject described() {
        JsonObject described = new JsonObject().put("id", id);
        for (String field : new String[] {"event", "schema", "table", "filter"}) {
            if (asked.containsKey(field)) {
                described.put(field, asked.getValue(field));
            }
        }
        return described;
    }
}
