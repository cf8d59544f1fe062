package dev.stagedoor.availability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stagedoor.availability.CalendarReader.Time;
import dev.stagedoor.support.Zones;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** That times in a calendar file are those of the event, whatever its zone. */
class CalendarTimesTest {

    private static final Instant FROM = Instant.parse("2024-01-01T00:00:00Z");
    private static final Instant TO = Instant.parse("2031-01-01T00:00:00Z");
    private static final ZoneId NEW_YORK = ZoneId.of("America/New_York");
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration HOUR_AND_A_HALF = Duration.ofMinutes(90);
    private static final int TEN_YEARS_OF_WEEKS = 521;

    /** By file, without the name of the zone: those of zones that differ in nothing else are read once. */
    private final Map<String, List<Time>> read = new HashMap<>();

    @Test
    void aroundEveryChangeOfClocksTimesAreKept() {
        int changes = 0;
        for (ZoneId zone : Zones.all()) {
            keeps(zone, FROM);
            for (Instant change : Zones.changes(zone, FROM, TO)) {
                changes++;
                for (int seconds : new int[] {-7200, -3600, -1, 0, 1800, 3600, 7200}) {
                    keeps(zone, change.plusSeconds(seconds));
                }
            }
        }
        assertThat(changes).isGreaterThan(600);
    }

    private void keeps(ZoneId zone, Instant start) {
        String file = CalendarFile.of(CalendarEntries.lasting(zone, start, HOUR_AND_A_HALF));

        assertThat(read.computeIfAbsent(nameless(file, zone), unread -> List.of(CalendarReader.time(file))))
                .as(() -> zone + " " + start + "\n" + file)
                .containsExactly(new Time(start, start.plus(HOUR_AND_A_HALF)));
    }

    private static String nameless(String file, ZoneId zone) {
        return file.replace(zone.getId(), "");
    }

    @Test
    void theReaderKnowsAZoneByTheFileAlone() {
        String file = CalendarFile.of(CalendarEntries.lasting(NEW_YORK, FROM, HOUR));
        String withoutZone = file.replaceAll("(?s)BEGIN:VTIMEZONE.*END:VTIMEZONE\r\n", "");

        assertThat(withoutZone).contains("DTSTART;TZID=");
        assertThatThrownBy(() -> CalendarReader.time(withoutZone)).hasStackTraceContaining(CalendarReader.NO_PLACE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTC", "Z", "Etc/UTC", "GMT", "Etc/GMT", "UTC+00:00"})
    void utcNeedsNoZone(String zone) {
        assertThat(CalendarFile.of(CalendarEntries.lasting(ZoneId.of(zone), FROM, HOUR)))
                .doesNotContain("TZ")
                .contains("\r\nDTSTART:20240101T000000Z\r\nDTEND:20240101T010000Z\r\n");
    }

    @ParameterizedTest
    @CsvSource({
        "+05:30, +0530, +0530",
        "-00:44:30, -004430, -004430",
        "UTC-03:00, UTC-0300, -0300",
        "Asia/Kolkata, Asia/Kolkata, +0530"
    })
    void aZoneWhoseClocksAreLeftAloneIsSaidSince1970(String zone, String name, String offset) {
        String file = CalendarFile.of(CalendarEntries.lasting(ZoneId.of(zone), FROM, HOUR));

        assertThat(file)
                .containsOnlyOnce("TZOFFSETTO")
                .contains("BEGIN:STANDARD\r\nDTSTART:19", "TZOFFSETFROM:" + offset + "\r\nTZOFFSETTO:" + offset)
                .contains("\r\nTZID:" + name + "\r\n", "\r\nDTSTART;TZID=" + name + ":");
        keeps(ZoneId.of(zone), FROM);
    }

    @ParameterizedTest
    @CsvSource({
        "2026-11-01T05:30:00Z, 2026-11-01T07:30:00Z",
        "2026-11-01T06:30:00Z, 2026-11-01T07:30:00Z",
        "2026-11-01T04:30:00Z, 2026-11-01T05:30:00Z",
        "2026-11-01T04:30:00Z, 2026-11-01T06:30:00Z"
    })
    void aTimeThatTheWallClockShowsTwiceIsSaidInUtc(Instant start, Instant end) {
        assertThat(CalendarFile.of(CalendarEntries.lasting(NEW_YORK, start, Duration.between(start, end))))
                .doesNotContain("TZ")
                .contains("\r\nDTSTART:" + basic(start) + "\r\nDTEND:" + basic(end) + "\r\n");
    }

    private static String basic(Instant time) {
        return time.toString().replaceAll("[:-]", "");
    }

    @Test
    void aSeriesKeepsTheWallClockForTenYears() {
        LocalDateTime monday = LocalDateTime.parse("2026-12-07T09:00");
        for (ZoneId zone : Zones.all()) {
            isSeries(CalendarEntries.weekly(zone, monday.atZone(zone).toInstant(), HOUR));
        }
    }

    private void isSeries(CalendarEntry weekly) {
        String file = CalendarFile.of(weekly);
        List<Instant> starts = CalendarEntries.starts(weekly, TEN_YEARS_OF_WEEKS);
        Instant last = starts.get(TEN_YEARS_OF_WEEKS - 1);

        assertThat(read.computeIfAbsent(
                        nameless(file, weekly.zone()),
                        unread -> CalendarReader.times(file, weekly.start().minus(HOUR), last.plus(HOUR))))
                .as(() -> weekly.zone() + "\n" + file)
                .isEqualTo(starts.stream()
                        .map(start -> new Time(start, start.plus(HOUR)))
                        .toList());
    }

    @Test
    void wholeDaysAreDatesEvenWhereClocksSkipMidnight() {
        int withoutMidnight = 0;
        for (ZoneId zone : Zones.all()) {
            for (Instant change : Zones.changes(zone, FROM, TO)) {
                LocalDate day = LocalDate.ofInstant(change, zone);
                withoutMidnight += day.atStartOfDay(zone).getHour() > 0 ? 1 : 0;
                for (int before = 0; before < 3; before++) {
                    for (int days = 1; days < 4; days++) {
                        isOfDays(
                                zone,
                                day.minusDays(before),
                                day.minusDays(before).plusDays(days));
                    }
                }
            }
        }
        assertThat(withoutMidnight).isGreaterThan(30);
    }

    private static void isOfDays(ZoneId zone, LocalDate first, LocalDate dayAfter) {
        assertThat(CalendarFile.of(CalendarEntries.wholeDays(zone, first, dayAfter)))
                .as(() -> zone + " " + first)
                .doesNotContain("TZ")
                .contains("\r\nDTSTART;VALUE=DATE:" + first.toString().replace("-", "") + "\r\n")
                .contains("\r\nDTEND;VALUE=DATE:" + dayAfter.toString().replace("-", "") + "\r\n");
    }

    @ParameterizedTest
    @CsvSource({
        "2026-12-07T00:00, 2026-12-08T00:00, 2026-12-07, 2026-12-08",
        "2026-12-07T00:00, 2026-12-08T00:01, 2026-12-07, 2026-12-09",
        "2026-12-07T18:00, 2026-12-07T23:00, 2026-12-07, 2026-12-08",
        "2026-12-07T23:59, 2026-12-09T00:01, 2026-12-07, 2026-12-10"
    })
    void everyDayThatIsTouchedIsTaken(LocalDateTime start, LocalDateTime end, LocalDate first, LocalDate dayAfter) {
        String file = CalendarFile.of(CalendarEntries.wholeDays(
                NEW_YORK,
                start.atZone(NEW_YORK).toInstant(),
                end.atZone(NEW_YORK).toInstant()));

        assertThat(CalendarReader.time(file)).isEqualTo(new Time(first, dayAfter));
    }
}
