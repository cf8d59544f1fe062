package dev.stagedoor.realtime;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A place in the events of a topic.
 *
 * @param epoch when the offsets of the topic began, in milliseconds; 0 where it had no event yet
 * @param offset 1, 2, 3 … without gaps; 0 is before the first
 */
public record Position(long epoch, long offset) {

    public static final Position START = new Position(0, 0);

    private static final Pattern FORM = Pattern.compile("(0|[1-9][0-9]{0,15})-(0|[1-9][0-9]{0,15})");

    /** Reads {@code epoch-offset}; empty for anything else. */
    public static Optional<Position> parse(String text) {
        if (text == null || !FORM.matcher(text).matches()) {
            return Optional.empty();
        }
        int dash = text.indexOf('-');
        return Optional.of(
                new Position(Long.parseLong(text, 0, dash, 10), Long.parseLong(text, dash + 1, text.length(), 10)));
    }

    /** Whether this place comes after another. */
    public boolean isAfter(Position other) {
        return epoch > other.epoch || (epoch == other.epoch && offset > other.offset);
    }

    @Override
    public String toString() {
        return epoch + "-" + offset;
    }
}
