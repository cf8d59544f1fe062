package dev.stagedoor.availability;

import dev.stagedoor.availability.BestTimes.Answer;
import dev.stagedoor.availability.BestTimes.Wanted;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/** What a read of a group event is made of: its statement, and the best times by themselves. */
public final class EventParts {

    /** The program's own, so that the baseline cannot come apart from it. */
    public static final String FIND = GroupEventStore.FIND;

    private static final int RUNS = 400;
    private static final int WARM_UPS = 300;
    private static final Wanted WANTED = new Wanted(4, 1, 10);
    private static final long SLOT_SECONDS = 900;
    private static final long DAY_SECONDS = 86_400;

    private EventParts() {}

    /**
     * How long the best times take to find, in this process: the median of many times.
     *
     * @param yes of each who answers
     * @param ifNeeded as many
     */
    public static double bestTimesMillis(List<BitSet> yes, List<BitSet> ifNeeded, int days, int slotsOfDay) {
        List<Slot> slots = slots(days, slotsOfDay);
        List<Answer> answers = new ArrayList<>();
        for (int i = 0; i < yes.size(); i++) {
            answers.add(new Answer(yes.get(i), ifNeeded.get(i), false));
        }
        List<Long> nanos = new ArrayList<>();
        for (int run = 0; run < RUNS; run++) {
            long begin = System.nanoTime();
            int found = new BestTimes(slots).find(answers, WANTED).size();
            nanos.add(System.nanoTime() - begin);
            if (found != WANTED.limit()) {
                throw new IllegalStateException("There are " + found + " best times");
            }
        }
        return nanos.stream()
                        .skip(WARM_UPS)
                        .sorted()
                        .skip((RUNS - WARM_UPS) / 2)
                        .findFirst()
                        .orElseThrow()
                / 1e6;
    }

    private static List<Slot> slots(int days, int slotsOfDay) {
        List<Slot> slots = new ArrayList<>();
        for (int i = 0; i < days * slotsOfDay; i++) {
            long begin = i / slotsOfDay * DAY_SECONDS + i % slotsOfDay * SLOT_SECONDS;
            slots.add(new Slot(Instant.ofEpochSecond(begin), Instant.ofEpochSecond(begin + SLOT_SECONDS)));
        }
        return slots;
    }
}
