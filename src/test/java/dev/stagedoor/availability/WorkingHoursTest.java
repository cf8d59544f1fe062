package dev.stagedoor.availability;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stagedoor.support.Zones;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.BitSet;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class WorkingHoursTest {

    private static final LocalTime FROM = LocalTime.of(9, 0);
    private static final LocalTime TO = LocalTime.of(17, 30);

    static List<String> zones() {
        return Zones.names();
    }

    private static boolean isWithin(Slot slot, ZoneId zone) {
        ZonedDateTime start = slot.start().atZone(zone);
        LocalTime end = start.toLocalTime().plusMinutes(15);
        return !start.toLocalTime().isBefore(FROM) && !end.isAfter(TO) && end.isAfter(start.toLocalTime());
    }

    @ParameterizedTest
    @MethodSource("zones")
    void slotsAreWithinTheHoursThatClocksOfAZoneShow(String name) {
        List<LocalDate> dates =
                LocalDate.of(2026, 3, 1).datesUntil(LocalDate.of(2026, 4, 10)).toList();
        List<Slot> slots = new TimeGrid(ZoneId.of("Europe/Lisbon"), dates, 0, TimeGrid.WHOLE_DAY, 15).slots();
        ZoneId zone = ZoneId.of(name);

        BitSet within = new WorkingHours(9 * 60, 17 * 60 + 30).within(slots, zone);

        for (int i = 0; i < slots.size(); i++) {
            assertThat(within.get(i)).isEqualTo(isWithin(slots.get(i), zone));
        }
    }
}
