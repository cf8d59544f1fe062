package dev.stagedoor.availability;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stagedoor.availability.BestTimes.Answer;
import dev.stagedoor.availability.BestTimes.BestTime;
import dev.stagedoor.availability.BestTimes.Wanted;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BestTimesTest {

    private static final Instant BEGIN = Instant.parse("2026-12-07T09:00:00Z");
    private static final int EVENTS = 10_000;

    private static BitSet bits(int... positions) {
        BitSet bits = new BitSet();
        for (int position : positions) {
            bits.set(position);
        }
        return bits;
    }

    private static Answer yes(int... positions) {
        return new Answer(bits(positions), bits(), false);
    }

    private static List<Slot> slots(Random random, int count) {
        List<Slot> slots = new ArrayList<>();
        Instant start = BEGIN;
        for (int i = 0; i < count; i++) {
            start = random.nextInt(5) == 0 ? start.plusSeconds(3600) : start;
            slots.add(new Slot(start, start.plusSeconds(900)));
            start = start.plusSeconds(900);
        }
        return slots;
    }

    private static List<Slot> inOneGo(int count) {
        List<Slot> slots = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            slots.add(new Slot(BEGIN.plusSeconds(900L * i), BEGIN.plusSeconds(900L * (i + 1))));
        }
        return slots;
    }

    @Test
    void whoWouldRatherNotCountsHalf() {
        Answer rather = new Answer(bits(1), bits(0), false);
        List<BestTime> best = new BestTimes(inOneGo(3)).find(List.of(yes(0, 1), rather), new Wanted(1, 1, 5));

        assertThat(best).containsExactly(new BestTime(1, 1, 2, 0), new BestTime(0, 1, 1, 1));
    }

    @Test
    void withoutWhomItWillNotDoNoTimeIsGood() {
        Answer required = new Answer(bits(2), bits(), true);

        assertThat(new BestTimes(inOneGo(3)).find(List.of(yes(0, 1, 2), yes(0, 1), required), new Wanted(1, 1, 5)))
                .containsExactly(new BestTime(2, 1, 2, 0));
    }

    @Test
    void aTimeDoesNotReachOverAGap() {
        List<Slot> slots = new ArrayList<>(inOneGo(2));
        slots.add(new Slot(BEGIN.plusSeconds(86_400), BEGIN.plusSeconds(87_300)));

        assertThat(new BestTimes(slots).find(List.of(yes(0, 1, 2)), new Wanted(2, 1, 5)))
                .containsExactly(new BestTime(0, 2, 1, 0));
    }

    @Test
    void itIsWhatTryingAllGives() {
        Random random = new Random(20_261_122);
        for (int i = 0; i < EVENTS; i++) {
            List<Slot> slots = slots(random, 1 + random.nextInt(30));
            List<Answer> answers = answers(random, slots.size());
            Wanted wanted = new Wanted(1 + random.nextInt(4), 1 + random.nextInt(3), 1 + random.nextInt(5));

            assertThat(new BestTimes(slots).find(answers, wanted)).isEqualTo(tryAll(slots, answers, wanted));
        }
    }

    private static List<Answer> answers(Random random, int slots) {
        List<Answer> answers = new ArrayList<>();
        for (int person = random.nextInt(7); person > 0; person--) {
            BitSet yes = new BitSet();
            BitSet ifNeeded = new BitSet();
            for (int slot = 0; slot < slots; slot++) {
                switch (random.nextInt(4)) {
                    case 0 -> ifNeeded.set(slot);
                    case 1, 2 -> yes.set(slot);
                    default -> {}
                }
            }
            answers.add(new Answer(yes, ifNeeded, random.nextInt(6) == 0));
        }
        return answers;
    }

    private static List<BestTime> tryAll(List<Slot> slots, List<Answer> answers, Wanted wanted) {
        List<BestTime> times = new ArrayList<>();
        for (int first = 0; first + wanted.slots() <= slots.size(); first++) {
            BestTime time = time(slots, answers, first, wanted.slots());
            if (time != null && time.yes() + time.ifNeeded() >= wanted.people()) {
                times.add(time);
            }
        }
        times.sort(Comparator.<BestTime>comparingDouble(time -> -(time.yes() + time.ifNeeded() / 2.0))
                .thenComparing(time -> -time.yes())
                .thenComparing(BestTime::first));
        List<BestTime> chosen = new ArrayList<>();
        for (BestTime time : times) {
            if (chosen.size() < wanted.limit()
                    && chosen.stream().allMatch(other -> Math.abs(other.first() - time.first()) >= wanted.slots())) {
                chosen.add(time);
            }
        }
        return chosen;
    }

    /** Null where it is interrupted, or someone cannot without whom it will not do. */
    private static BestTime time(List<Slot> slots, List<Answer> answers, int first, int length) {
        boolean isInterrupted = IntStream.range(first + 1, first + length)
                .anyMatch(slot ->
                        !slots.get(slot - 1).end().equals(slots.get(slot).start()));
        boolean isMissed = answers.stream().anyMatch(answer -> answer.isRequired() && !can(answer, first, length));
        if (isInterrupted || isMissed) {
            return null;
        }
        long able =
                answers.stream().filter(answer -> can(answer, first, length)).count();
        long yes =
                answers.stream().filter(answer -> likes(answer, first, length)).count();
        return new BestTime(first, length, (int) yes, (int) (able - yes));
    }

    private static boolean likes(Answer answer, int first, int length) {
        return IntStream.range(first, first + length).allMatch(answer.yes()::get);
    }

    private static boolean can(Answer answer, int first, int length) {
        return IntStream.range(first, first + length)
                .allMatch(slot -> answer.yes().get(slot) || answer.ifNeeded().get(slot));
    }
}
