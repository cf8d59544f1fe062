package dev.stagedoor.availability;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.DayOfWeek;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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

    private static EventTime sundays(LocalDate week) {
        return new EventTime(
                ZoneId.of("Europe/Berlin"),
                List.of(),
                List.of(DayOfWeek.SATURDAY, DayOfWeek.SUNDAY),
                week,
                0,
                TimeGrid.WHOLE_DAY,
                30);
    }

    private static int position(EventTime time, String start) {
        return time.slots().stream()
                .map(slot -> slot.start().toString())
                .toList()
                .indexOf(start);
    }

    private static BitSet bit(int position) {
        assertThat(position).isNotNegative();
        BitSet bits = new BitSet();
        bits.set(position);
        return bits;
    }

    /** Sunday at ten, which is of any week, and of weeks in which clocks go forward, and back. */
    @ParameterizedTest
    @CsvSource({
        "2026-03-23, 2026-03-29T08:00:00Z",
        "2026-10-19, 2026-10-25T09:00:00Z",
        "2026-06-01, 2026-06-07T08:00:00Z"
    })
    void weekdaysKeepTheirHoursInAWeekAndInAny(LocalDate week, String ten) {
        EventTime any = sundays(null);
        EventTime bound = sundays(week);
        BitSet ofAny = bit(position(any, "1970-01-11T10:00:00Z"));
        BitSet ofWeek = bit(position(bound, ten));

        assertThat(SlotMapping.of(any, bound).map(ofAny)).isEqualTo(ofWeek);
        assertThat(SlotMapping.of(bound, any).map(ofWeek)).isEqualTo(ofAny);
    }

    @Test
    void whatClocksSkipNobodyCanAndWhatTheyShowTwiceIsBoth() {
        EventTime any = sundays(null);
        BitSet half = bit(position(any, "1970-01-11T02:30:00Z"));

        assertThat(SlotMapping.of(any, sundays(LocalDate.of(2026, 3, 23)))
                        .map(half)
                        .isEmpty())
                .isTrue();
        EventTime back = sundays(LocalDate.of(2026, 10, 19));
        assertThat(SlotMapping.of(any, back).map(half).get(position(back, "2026-10-25T01:30:00Z")))
                .isTrue();
    }

    @Test
    void hoursOfAnyWeekStayOnDatesOfTheirWeekdays() {
        EventTime any = sundays(null);
        EventTime dates = new EventTime(
                ZoneId.of("Europe/Berlin"),
                List.of(LocalDate.of(2026, 6, 5), LocalDate.of(2026, 6, 7), LocalDate.of(2026, 6, 14)),
                List.of(),
                null,
                600,
                660,
                30);
        BitSet mapped = SlotMapping.of(any, dates).map(bit(position(any, "1970-01-11T10:30:00Z")));

        assertThat(mapped.stream().boxed()).containsExactly(3, 5);
        assertThat(SlotMapping.of(dates, any).map(mapped)).isEqualTo(bit(position(any, "1970-01-11T10:30:00Z")));
        assertThat(SlotMapping.of(dates, any).map(bit(3)).isEmpty()).isTrue();
    }

    @Test
    void aTimeOfAnyWeekFirstComesInAWeekInWhichClocksDoNotChangeInIt() {
        EventTime any = sundays(null);
        Slot half = new Slot(Instant.parse("1970-01-11T02:30:00Z"), Instant.parse("1970-01-11T03:30:00Z"));

        assertThat(any.firstSince(half, Instant.parse("2026-03-25T12:00:00Z")))
                .isEqualTo(new Slot(Instant.parse("2026-04-05T00:30:00Z"), Instant.parse("2026-04-05T01:30:00Z")));
        assertThat(any.firstSince(half, Instant.parse("2026-10-21T12:00:00Z")))
                .isEqualTo(new Slot(Instant.parse("2026-11-01T01:30:00Z"), Instant.parse("2026-11-01T02:30:00Z")));
        Slot around = new Slot(Instant.parse("1970-01-11T00:30:00Z"), Instant.parse("1970-01-11T04:30:00Z"));
        assertThat(any.firstSince(around, Instant.parse("2026-03-25T12:00:00Z")))
                .isEqualTo(new Slot(Instant.parse("2026-04-04T22:30:00Z"), Instant.parse("2026-04-05T02:30:00Z")));
    }
}
