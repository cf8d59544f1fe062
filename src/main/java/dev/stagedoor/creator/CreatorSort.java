package dev.stagedoor.creator;

import java.time.OffsetDateTime;
import java.util.Locale;
import java.util.UUID;

/** What lists of creators are sorted by, and by the id where that is the same. */
public enum CreatorSort {
    /** The best first. */
    RATING("rating_score", "DESC", "Infinity"),
    /** The most first. */
    SESSIONS("session_count", "DESC", "2147483647"),
    NEWEST("created_at", "DESC", "9999-12-31T00:00:00Z"),
    /** The cheapest first. */
    PRICE("price_tokens", "ASC", "-1");

    static final String NAMES = "rating|sessions|newest|price";

    private final String column;
    private final String direction;
    private final String before;

    /** @param before what sorts before all creators */
    CreatorSort(String column, String direction, String before) {
        this.column = column;
        this.direction = direction;
        this.before = before;
    }

    /** Where a page ended: what its last creator is sorted by. */
    record Position(Object key, UUID id) {}

    static CreatorSort of(String name) {
        return valueOf(name.toUpperCase(Locale.ROOT));
    }

    String column() {
        return column;
    }

    String direction() {
        return direction;
    }

    private boolean isAscending() {
        return direction.equals("ASC");
    }

    /** The operator between what is sorted by and where the last page ended. */
    String isAfter() {
        return isAscending() ? ">" : "<";
    }

    /** Before the first creator; a value, and not null, lets the index find the page. */
    Position start() {
        return new Position(key(before), isAscending() ? new UUID(0, 0) : new UUID(-1, -1));
    }

    Position position(String key, String id) {
        return new Position(key(key), UUID.fromString(id));
    }

    private Object key(String text) {
        return switch (this) {
            case RATING -> Double.valueOf(text);
            case SESSIONS -> Integer.valueOf(text);
            case NEWEST -> OffsetDateTime.parse(text);
            case PRICE -> Long.valueOf(text);
        };
    }
}
