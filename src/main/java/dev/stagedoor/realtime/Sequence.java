package dev.stagedoor.realtime;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/**
 * Puts what comes of a topic in order: each publication goes on once, after the one before it. Not safe for threads.
 */
final class Sequence {

    /** Publications that may wait for one before them. */
    static final int MAX_AHEAD = 10_000;

    private final TreeMap<Position, Publication> ahead = new TreeMap<>(Sequence::compare);
    private Position last;

    private static int compare(Position one, Position other) {
        int byEpoch = Long.compare(one.epoch(), other.epoch());
        return byEpoch == 0 ? Long.compare(one.offset(), other.offset()) : byEpoch;
    }

    /** The last that went on; null before {@link #begin}. */
    Position last() {
        return last;
    }

    /** What came before counts no more, what came meanwhile goes on. */
    List<Publication> begin(Position position) {
        last = position;
        return ready();
    }

    /** The publications that may go on now, in order; what is known already, or must wait, is none. */
    List<Publication> accept(Publication publication) {
        if (last == null || compare(publication.position(), last) > 0) {
            ahead.putIfAbsent(publication.position(), publication);
        }
        if (ahead.size() > MAX_AHEAD) {
            // The furthest is read again once those before it have come.
            ahead.pollLastEntry();
        }
        return ready();
    }

    private List<Publication> ready() {
        if (last == null || ahead.isEmpty()) {
            return List.of();
        }
        List<Publication> ready = new ArrayList<>(1);
        while (!ahead.isEmpty()) {
            Position first = ahead.firstKey();
            if (compare(first, last) <= 0) {
                ahead.pollFirstEntry();
            } else if (follows(first)) {
                last = first;
                ready.add(ahead.pollFirstEntry().getValue());
            } else {
                break;
            }
        }
        return ready;
    }

    /** A topic that was away for long begins anew: nothing is missed between. */
    private boolean follows(Position next) {
        return next.offset() == (next.epoch() == last.epoch() ? last.offset() + 1 : 1);
    }

    /** Whether something waits for what is missing. */
    boolean hasGap() {
        return last != null && !ahead.isEmpty();
    }

    /** Whether the topic has gone on beyond what went on here. */
    boolean isBehind(Position newest) {
        return last != null && compare(newest, last) > 0;
    }

    /** Gives up what is missing before the first that waits, or before this position. */
    List<Publication> skip(Position newest) {
        last = ahead.isEmpty()
                ? newest
                : new Position(ahead.firstKey().epoch(), ahead.firstKey().offset() - 1);
        return ready();
    }
}
