package dev.stagedoor.livestream;

import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Which streams are listed; null is any. */
record LiveStreamFilter(Boolean live, String category, String language, UUID owner) {

    /** Unit separator: a parameter is refused that contains it. */
    private static final String SEPARATOR = "\u001f";

    /** Live streams are listed by their start, lists that hold others by their creation: both never change. */
    boolean isByStart() {
        return Boolean.TRUE.equals(live);
    }

    /** Tells the lists apart, of which each has cursors of its own. */
    String listName() {
        return Stream.of("streams", live, category, language, owner)
                .map(part -> part == null ? "" : part.toString())
                .collect(Collectors.joining(SEPARATOR));
    }
}
