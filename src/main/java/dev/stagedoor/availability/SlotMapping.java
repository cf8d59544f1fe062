package dev.stagedoor.availability;

import java.util.BitSet;
import java.util.List;

/**
 * Moves answers from the slots of an event to those that it has after a change: whoever can in all the time of a slot can in
 * that slot.
 */
final class SlotMapping {

    private final List<Slot> before;
    private final List<Slot> after;

    /** Slots are in order and do not overlap, before as after. */
    private SlotMapping(List<Slot> before, List<Slot> after) {
        this.before = before;
        this.after = after;
    }

    /** By moments; between weekdays of a week and of any, by what clocks show. */
    static SlotMapping of(EventTime before, EventTime after) {
        boolean isByClock = before.isOfAnyWeek() != after.isOfAnyWeek()
                && before.dates().isEmpty()
                && after.dates().isEmpty();
        return isByClock
                ? new SlotMapping(before.ofAnyWeek().slots(), after.ofAnyWeek().slots())
                : new SlotMapping(before.slots(), after.slots());
    }

    /** @param positions of slots before */
    BitSet map(BitSet positions) {
        BitSet mapped = new BitSet();
        int next = 0;
        for (int i = 0; i < after.size(); i++) {
            Slot slot = after.get(i);
            while (next < before.size() && !before.get(next).end().isAfter(slot.start())) {
                next++;
            }
            if (isCovered(slot, next, positions)) {
                mapped.set(i);
            }
        }
        return mapped;
    }

    private boolean isCovered(Slot slot, int first, BitSet positions) {
        java.time.Instant covered = slot.start();
        int i = first;
        while (covered.isBefore(slot.end())
                && i < before.size()
                && positions.get(i)
                && !before.get(i).start().isAfter(covered)) {
            covered = before.get(i).end();
            i++;
        }
        return !covered.isBefore(slot.end());
    }
}
