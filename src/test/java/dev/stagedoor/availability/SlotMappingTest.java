package dev.stagedoor.availability;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;

class SlotMappingTest {

    private static final List<String> ZONES =
            List.of("Europe/Lisbon", "Australia/Lord_Howe", "Asia/Kathmandu", "America/Havana", "UTC");
    private static final int[] LENGTHS = {5, 10, 15, 30, 60, TimeGrid.WHOLE_DAY};

    private static EventTime anyTime(Random random) {
        int minutes = LENGTHS[random.nextInt(LENGTHS.length)];
        boolean isWholeDay = minutes == TimeGrid.WHOLE_DAY;
        int from = isWholeDay ? 0 : random.nextInt(20) * 60;
        int to = isWholeDay
                ? TimeGrid.WHOLE_DAY
                : from + 60 + random.nextInt(1 + (TimeGrid.WHOLE_DAY - from - 60) / 5) * 5;
        List<LocalDate> dates = new ArrayList<>();
        LocalDate date = LocalDate.of(2026, 10, 23);
        for (int i = 0; i < 3; i++) {
            date = date.plusDays(1 + random.nextInt(2));
            dates.add(date);
        }
        ZoneId zone = ZoneId.of(ZONES.get(random.nextInt(ZONES.size())));
        return new EventTime(zone, dates, List.of(), null, from, to, minutes);
    }

    /** Every fifth minute in which someone can. */
    private static Set<Instant> minutes(List<Slot> slots, BitSet positions) {
        Set<Instant> minutes = new HashSet<>();
        positions.stream().forEach(i -> minutes.addAll(minutes(slots.get(i))));
        return minutes;
    }

    private static List<Instant> minutes(Slot slot) {
        List<Instant> minutes = new ArrayList<>();
        for (Instant minute = slot.start(); minute.isBefore(slot.end()); minute = minute.plusSeconds(300)) {
            minutes.add(minute);
        }
        return minutes;
    }

    @RepeatedTest(500)
    void whoCanInAllOfASlotCanInItAndNobodyElse(RepetitionInfo repetition) {
        Random random = new Random(repetition.getCurrentRepetition());
        EventTime before = anyTime(random);
        EventTime after = anyTime(random);
        BitSet positions = new BitSet();
        for (int i = 0; i < before.slots().size(); i++) {
            positions.set(i, random.nextInt(4) > 0);
        }

        BitSet mapped = SlotMapping.of(before, after).map(positions);

        Set<Instant> able = minutes(before.slots(), positions);
        List<Slot> slots = after.slots();
        for (int i = 0; i < slots.size(); i++) {
            assertThat(mapped.get(i)).isEqualTo(able.containsAll(minutes(slots.get(i))));
        }
    }
}
