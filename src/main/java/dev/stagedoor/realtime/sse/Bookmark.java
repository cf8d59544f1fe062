package dev.stagedoor.realtime.sse;

import dev.stagedoor.realtime.Position;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.CRC32;

/**
 * Where a client is in each of its channels: the id of an event, which a browser sends back as {@code Last-Event-ID}.
 *
 * <p>Of one channel it is {@code epoch-offset}. Of several it is a checksum of their names and the position in each, in
 * the order in which they were asked for, with {@code _} between: two channels may have the same epoch, and a position in
 * one of them would pass for one in the other.
 */
final class Bookmark {

    private static final String SEPARATOR = "_";

    private final List<String> channels;
    private final String prefix;
    private final String[] positions;

    Bookmark(List<String> channels, List<Position> positions) {
        this.channels = List.copyOf(channels);
        this.prefix = prefix(channels);
        this.positions = positions.stream().map(Position::toString).toArray(String[]::new);
    }

    private static String prefix(List<String> channels) {
        if (channels.size() == 1) {
            return "";
        }
        CRC32 checksum = new CRC32();
        checksum.update(String.join(",", channels).getBytes(StandardCharsets.UTF_8));
        return Long.toString(checksum.getValue(), Character.MAX_RADIX) + SEPARATOR;
    }

    void advance(String channel, Position position) {
        positions[channels.indexOf(channel)] = position.toString();
    }

    /** The id of an event that comes now. */
    @Override
    public String toString() {
        return prefix + String.join(SEPARATOR, positions);
    }

    /** The positions in these channels; empty where the text is not of these, or no id at all. */
    static Optional<List<Position>> parse(List<String> channels, String text) {
        String prefix = prefix(channels);
        if (!text.startsWith(prefix)) {
            return Optional.empty();
        }
        List<Optional<Position>> positions = Stream.of(
                        text.substring(prefix.length()).split(SEPARATOR, channels.size() + 1))
                .map(Position::parse)
                .toList();
        return positions.size() == channels.size() && positions.stream().allMatch(Optional::isPresent)
                ? Optional.of(positions.stream().flatMap(Optional::stream).toList())
                : Optional.empty();
    }
}
