package dev.stagedoor.availability;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TimeGridTest {

    private static List<Slot> slots(String zone, String date, int fromHour, int toHour, int minutes) {
        return new TimeGrid(ZoneId.of(zone), List.of(LocalDate.parse(date)), fromHour * 60, toHour * 60, minutes)
                .slots();
    }

    @ParameterizedTest
    @CsvSource({
        "Europe/Lisbon,       2026-03-29, 60, 23",
        "Europe/Lisbon,       2026-10-25, 60, 25",
        "Europe/Lisbon,       2026-03-29, 15, 92",
        "Europe/Lisbon,       2026-10-25, 15, 100",
        "Europe/Lisbon,       2026-07-01, 60, 24",
        // By half an hour: what is left of an hour is none.
        "Australia/Lord_Howe, 2026-04-05, 60, 24",
        "Australia/Lord_Howe, 2026-04-05, 30, 49",
        "Australia/Lord_Howe, 2026-10-04, 60, 23",
        "Australia/Lord_Howe, 2026-10-04, 30, 47",
        // Clocks skip midnight, and show it twice.
        "Africa/Cairo,        2026-04-24, 60, 23",
        "America/Havana,      2026-11-01, 60, 25",
    })
    void aDayHasAsManySlotsAsItHasTime(String zone, String date, int minutes, int count) {
        assertThat(slots(zone, date, 0, 24, minutes)).hasSize(count);
    }

    @Test
    void slotsFollowOneAnotherInAllOfADay() {
        List<Slot> slots = slots("Europe/Lisbon", "2026-10-25", 0, 24, 30);

        assertThat(slots.get(0).start()).isEqualTo(Instant.parse("2026-10-24T23:00:00Z"));
        assertThat(slots.get(49).end()).isEqualTo(Instant.parse("2026-10-26T00:00:00Z"));
        for (int i = 1; i < slots.size(); i++) {
            assertThat(slots.get(i).start()).isEqualTo(slots.get(i - 1).end());
        }
    }

    @Test
    void hoursAreThoseOfTheClocksOfTheZone() {
        assertThat(slots("Asia/Kathmandu", "2026-12-07", 9, 10, 30))
                .containsExactly(
                        new Slot(Instant.parse("2026-12-07T03:15:00Z"), Instant.parse("2026-12-07T03:45:00Z")),
                        new Slot(Instant.parse("2026-12-07T03:45:00Z"), Instant.parse("2026-12-07T04:15:00Z")));
    }

    @Test
    void whatClocksSkipIsNoTime() {
        assertThat(slots("Europe/Lisbon", "2026-03-29", 1, 2, 60)).isEmpty();
        assertThat(slots("Europe/Lisbon", "2026-03-29", 1, 3, 60))
                .containsExactly(
                        new Slot(Instant.parse("2026-03-29T01:00:00Z"), Instant.parse("2026-03-29T02:00:00Z")));
    }

    @Test
    void aWholeDayIsOneSlotHoweverLong() {
        List<Slot> days = new TimeGrid(
                        ZoneId.of("Europe/Lisbon"),
                        List.of(LocalDate.parse("2026-10-24"), LocalDate.parse("2026-10-25")),
                        0,
                        TimeGrid.WHOLE_DAY,
                        TimeGrid.WHOLE_DAY)
                .slots();

        assertThat(days)
                .extracting(day -> Duration.between(day.start(), day.end()).toHours())
                .containsExactly(24L, 25L);
        assertThat(days.get(1).start()).isEqualTo(days.get(0).end());
    }
}
