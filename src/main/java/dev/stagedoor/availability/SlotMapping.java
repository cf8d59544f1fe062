package dev.stagedoor.availability;

import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Moves answers from the slots of an event to those that it has after a change: whoever can in all the time of a slot can in
 * that slot. Times of any week are those that clocks show on each day in question; of a day on which clocks skip them, there
 * are none.
 */
final class SlotMapping {

    /** A slot that people answered for, at a moment when it is. */
    private record Answered(Slot time, int position) {}

    private final List<Answered> answered;

    /** For each slot, those in all of which someone has to be able to; null where nobody was asked for all of its time. */
    private final List<int[]> needed;

    private SlotMapping(List<Answered> answered, List<List<Slot>> times) {
        this.answered = answered;
        this.needed = times.stream().map(this::needed).toList();
    }

    static SlotMapping of(EventTime before, EventTime after) {
        List<Slot> from = before.slots();
        List<Slot> to = after.slots();
        if (before.isOfAnyWeek() && !after.isOfAnyWeek()) {
            return new SlotMapping(laid(before, from, after), each(to));
        }
        List<Answered> answered = IntStream.range(0, from.size())
                .mapToObj(i -> new Answered(from.get(i), i))
                .toList();
        boolean isLaid = after.isOfAnyWeek() && !before.isOfAnyWeek();
        return new SlotMapping(
                answered,
                isLaid ? to.stream().map(slot -> after.on(before.days(), slot)).toList() : each(to));
    }

    private static List<List<Slot>> each(List<Slot> slots) {
        return slots.stream().map(List::of).toList();
    }

    private static List<Answered> laid(EventTime anyWeek, List<Slot> slots, EventTime days) {
        return IntStream.range(0, slots.size())
                .boxed()
                .flatMap(i -> anyWeek.on(days.days(), slots.get(i)).stream().map(time -> new Answered(time, i)))
                .sorted(Comparator.comparing(each -> each.time().start()))
                .toList();
    }

    private int[] needed(List<Slot> times) {
        List<Integer> positions = new ArrayList<>();
        for (Slot time : times) {
            if (!cover(time, positions)) {
                return null;
            }
        }
        return times.isEmpty()
                ? null
                : positions.stream().mapToInt(Integer::intValue).toArray();
    }

    /** Adds whatever is asked for within a time; answers whether that is all of it. */
    private boolean cover(Slot time, List<Integer> positions) {
        Instant covered = time.start();
        for (int i = firstAfter(covered); i < answered.size() && covered.isBefore(time.end()); i++) {
            Slot next = answered.get(i).time();
            if (next.start().isAfter(covered)) {
                return false;
            }
            positions.add(answered.get(i).position());
            covered = next.end().isAfter(covered) ? next.end() : covered;
        }
        return !covered.isBefore(time.end());
    }

    /** The first that ends after a moment: the ends are in order, as the starts are. */
    private int firstAfter(Instant moment) {
        int low = 0;
        int high = answered.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (answered.get(middle).time().end().isAfter(moment)) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }

    /** @param positions of slots before */
    BitSet map(BitSet positions) {
        BitSet mapped = new BitSet();
        for (int i = 0; i < needed.size(); i++) {
            int[] all = needed.get(i);
            mapped.set(i, all != null && IntStream.of(all).allMatch(positions::get));
        }
        return mapped;
    }
}
