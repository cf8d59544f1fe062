package dev.stagedoor.realtime.supabase;

import dev.stagedoor.realtime.Message;
import java.util.List;
import java.util.Optional;

/**
 * A table as clients of Supabase know it, whose changes are messages of ours. A feature has one for each kind of row
 * that it shows. Its schema is {@code public}.
 */
public interface PublishedTable {

    String name();

    /** All columns that its records may have. */
    List<Column> columns();

    /** The topic whose messages have the changes that a client asks for; empty where it must ask for less. */
    Optional<String> topic(RowFilter filter);

    /** The changes that a message of such a topic tells of; empty where it tells of none of this table. */
    List<RowChange> changes(Message message);
}
