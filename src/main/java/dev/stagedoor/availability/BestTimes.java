package dev.stagedoor.availability;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;

/**
 * When most people can: of all times of some number of slots that touch each other, those with the highest score, none of
 * which overlap. Who can in all of a time counts one, and half where they would rather not in some of it.
 */
final class BestTimes {

    private static final Comparator<BestTime> BEST = Comparator.comparingInt(BestTime::score)
            .thenComparingInt(BestTime::yes)
            .reversed()
            .thenComparingInt(BestTime::first);

    private final int[] runs;

    /** @param slots of the event, in order */
    BestTimes(List<Slot> slots) {
        this.runs = new int[slots.size()];
        for (int i = 0; i < runs.length; i++) {
            boolean touches =
                    i > 0 && slots.get(i - 1).end().equals(slots.get(i).start());
            runs[i] = touches ? runs[i - 1] + 1 : 1;
        }
    }

    /**
     * What someone can do, by positions of slots.
     *
     * @param ifNeeded where they would rather not; none of these are in {@code yes}
     * @param isRequired whether no time will do without them
     */
    record Answer(BitSet yes, BitSet ifNeeded, boolean isRequired) {}

    /**
     * What is looked for.
     *
     * @param slots how long, at least 1
     * @param people how many can at least
     * @param limit how many times
     */
    record Wanted(int slots, int people, int limit) {}

    /** A time: from the first slot on as many as were wanted; {@code ifNeeded} are those who count half. */
    record BestTime(int first, int slots, int yes, int ifNeeded) {

        int score() {
            return 2 * yes + ifNeeded;
        }
    }

    /** The best first, of those that are as good as each other the earliest. */
    List<BestTime> find(List<Answer> answers, Wanted wanted) {
        int[] yes = new int[runs.length];
        int[] able = new int[runs.length];
        int[] requiredAble = new int[runs.length];
        int required = 0;
        for (Answer answer : answers) {
            count(answer, wanted.slots(), yes, able, answer.isRequired() ? requiredAble : null);
            required += answer.isRequired() ? 1 : 0;
        }
        List<BestTime> times = new ArrayList<>();
        for (int last = wanted.slots() - 1; last < runs.length; last++) {
            if (able[last] >= Math.max(1, wanted.people()) && requiredAble[last] == required) {
                times.add(new BestTime(last - wanted.slots() + 1, wanted.slots(), yes[last], able[last] - yes[last]));
            }
        }
        times.sort(BEST);
        return apart(times, wanted.limit());
    }

    /** Adds one at the last slot of each time in all of which someone can; the lengths of runs end where slots do not touch. */
    private void count(Answer answer, int slots, int[] yes, int[] able, int[] requiredAble) {
        int yesRun = 0;
        int ableRun = 0;
        for (int i = 0; i < runs.length; i++) {
            boolean isYes = answer.yes().get(i);
            yesRun = isYes ? Math.min(yesRun + 1, runs[i]) : 0;
            ableRun = isYes || answer.ifNeeded().get(i) ? Math.min(ableRun + 1, runs[i]) : 0;
            yes[i] += yesRun >= slots ? 1 : 0;
            if (ableRun >= slots) {
                able[i]++;
                if (requiredAble != null) {
                    requiredAble[i]++;
                }
            }
        }
    }

    private static List<BestTime> apart(List<BestTime> times, int limit) {
        List<BestTime> chosen = new ArrayList<>();
        BitSet taken = new BitSet();
        for (BestTime time : times) {
            int end = time.first() + time.slots();
            int next = taken.nextSetBit(time.first());
            if (chosen.size() < limit && (next < 0 || next >= end)) {
                taken.set(time.first(), end);
                chosen.add(time);
            }
        }
        return chosen;
    }
}
