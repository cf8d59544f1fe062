package dev.stagedoor.realtime.supabase;

/**
 * A column of a published table.
 *
 * @param name in snake case
 */
public record Column(String name, Type type) {

    /** How its values are compared, and what PostgreSQL calls that. */
    public enum Type {
        BOOLEAN("bool"),
        INTEGER("int8"),
        TEXT("text"),
        TIME("timestamptz"),
        UUID("uuid");

        private final String sqlName;

        Type(String sqlName) {
            this.sqlName = sqlName;
        }

        String sqlName() {
            return sqlName;
        }
    }
}
