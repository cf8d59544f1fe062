package dev.stagedoor.creator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stagedoor.support.Zones;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScheduleTest {

    private static final int ALL = Integer.MAX_VALUE;

    private static final Instant FROM = Instant.parse("2024-01-01T00:00:00Z");
    private static final Instant TO = Instant.parse("2031-01-01T00:00:00Z");
    private static final Duration AROUND = Duration.ofHours(14);
    private static final Duration MARGIN = Duration.ofHours(62);

    /** A moment at which the clocks of a zone are changed. */
    private record Change(ZoneId zone, Instant at) {}

    /** All of the present, of zones that differ; and some of the past, as no clock is changed across the date line now. */
    private static List<Change> changes() {
        List<Change> changes = new ArrayList<>();
        for (ZoneId zone : Zones.all()) {
            Zones.changes(zone, FROM, TO).forEach(at -> changes.add(new Change(zone, at)));
        }
        changes.add(new Change(ZoneId.of("Pacific/Apia"), Instant.parse("2011-12-30T10:00:00Z")));
        changes.add(new Change(ZoneId.of("Pacific/Kwajalein"), Instant.parse("1969-09-30T13:00:00Z")));
        changes.add(new Change(ZoneId.of("America/St_Johns"), Instant.parse("2010-11-07T02:31:00Z")));
        return changes;
    }

    @Test
    void theChangesAreThoseOfManyZones() {
        List<Change> changes = changes();

        assertThat(changes).hasSizeGreaterThan(600);
        assertThat(changes.stream().map(change -> change.zone().getId()))
                .contains("Australia/LHI", "Africa/Cairo", "Asia/Beirut", "America/Havana", "Eire");
    }

    @Test
    void aroundEveryChangeAllIsAsAClockOnTheWallShowsIt() {
        Random random = new Random(6);
        for (Change change : changes()) {
            Schedule schedule = schedule(change, random);
            WallClock wall = new WallClock(schedule, change.at().minus(MARGIN), MARGIN.multipliedBy(2));
            List<Slot> windows = wall.windows();
            boolean[] open = wall.open(windows);
            coversWhatIsOpen(schedule, wall, open, change, random);
            givesWhatIsFree(schedule, windows, change, random);
        }
    }

    private static void coversWhatIsOpen(
            Schedule schedule, WallClock wall, boolean[] open, Change change, Random random) {
        int first = wall.minute(change.at().minus(AROUND));
        int last = wall.minute(change.at().plus(AROUND));
        for (int i = 0; i < 200; i++) {
            int start = first + random.nextInt(last - first);
            int end = Math.min(last, start + 1 + random.nextInt(i % 2 == 0 ? 20 : 400));
            boolean expected = true;
            for (int minute = start; minute < end; minute++) {
                expected &= open[minute];
            }
            Instant begin = change.at().minus(MARGIN);
            assertThat(schedule.covers(begin.plus(Duration.ofMinutes(start)), begin.plus(Duration.ofMinutes(end))))
                    .as("%s of %s from %d to %d", schedule, change, start, end)
                    .isEqualTo(expected);
        }
    }

    private static void givesWhatIsFree(Schedule schedule, List<Slot> windows, Change change, Random random) {
        Duration length = Duration.ofMinutes(5 + random.nextInt(100));
        Instant from = change.at().minus(AROUND);
        Instant to = change.at().plus(AROUND);
        List<Slot> taken = taken(from, random);
        List<Slot> expected = new ArrayList<>();
        Instant free = Instant.MIN;
        for (Slot window : windows) {
            Instant start = window.start().isBefore(free) ? free : window.start();
            while (!start.plus(length).isAfter(window.end())) {
                Slot slot = new Slot(start, start.plus(length));
                if (!start.isBefore(from)
                        && !slot.end().isAfter(to)
                        && taken.stream().noneMatch(slot::overlaps)) {
                    expected.add(slot);
                }
                start = slot.end();
            }
            free = window.end().isBefore(free) ? free : window.end();
        }
        assertThat(schedule.slots(from, to, length, taken, ALL))
                .as("%s of %s by %s", schedule, change, length)
                .isEqualTo(expected);
    }

    private static List<Slot> taken(Instant from, Random random) {
        return random.ints(4, 0, 1700)
                .mapToObj(minute -> from.plus(Duration.ofMinutes(minute)))
                .map(start -> new Slot(start, start.plus(Duration.ofMinutes(10 + random.nextInt(90)))))
                .toList();
    }

    /** With hours that begin, end and lie within the time that is shown twice, or never. */
    private static Schedule schedule(Change change, Random random) {
        LocalDate day = LocalDate.ofInstant(change.at(), change.zone());
        List<WeeklyHours> weekly = Stream.of(DayOfWeek.values())
                .flatMap(name -> hours(random).stream().map(hours -> new WeeklyHours(name, hours)))
                .toList();
        List<DateHours> exceptions = random.nextInt(3) == 0
                ? List.of(new DateHours(day.minusDays(random.nextInt(2)), hours(random)))
                : List.of();
        return new Schedule(change.zone(), weekly, exceptions);
    }

    private static List<Hours> hours(Random random) {
        List<Hours> hours = new ArrayList<>();
        int from = random.nextInt(3) == 0 ? 0 : 5 * random.nextInt(40);
        while (from < Hours.DAY) {
            int to = Math.min(Hours.DAY, from + 5 * (1 + random.nextInt(random.nextBoolean() ? 12 : 120)));
            hours.add(new Hours(from, to));
            from = to + (random.nextBoolean() ? 0 : 5 * random.nextInt(100));
        }
        return hours;
    }

    @ParameterizedTest
    @CsvSource({
        // Clocks are put back at 3:00: the hour from 2:00 is there twice.
        "2026-10-25, 120, 180, 2026-10-25T00:00:00Z, 2026-10-25T02:00:00Z",
        "2026-10-25,  60, 120, 2026-10-24T23:00:00Z, 2026-10-25T00:00:00Z",
        "2026-10-25, 150, 240, 2026-10-25T00:30:00Z, 2026-10-25T03:00:00Z",
        // Clocks are put forward at 2:00: the hour from there is never.
        "2026-03-29, 150, 240, 2026-03-29T01:00:00Z, 2026-03-29T02:00:00Z",
        "2026-03-29,  60, 150, 2026-03-29T00:00:00Z, 2026-03-29T01:00:00Z",
        "2026-03-29,   0, 1440, 2026-03-28T23:00:00Z, 2026-03-29T22:00:00Z"
    })
    void hoursAreLongerWhereAnHourComesTwiceAndShorterWhereItIsLeftOut(
            LocalDate date, int from, int to, Instant start, Instant end) {
        Schedule schedule = berlin(List.of(), List.of(new DateHours(date, List.of(new Hours(from, to)))));

        assertThat(schedule.slots(
                        start.minusSeconds(86400),
                        end.plusSeconds(86400),
                        Duration.between(start, end),
                        List.of(),
                        ALL))
                .containsExactly(new Slot(start, end));
        assertThat(schedule.covers(start, end)).isTrue();
        assertThat(schedule.covers(start.minusSeconds(1), end)).isFalse();
        assertThat(schedule.covers(start, end.plusSeconds(1))).isFalse();
    }

    @Test
    void hoursThatClocksNeverShowAreNone() {
        LocalDate date = LocalDate.parse("2026-03-29");
        Schedule schedule = berlin(List.of(), List.of(new DateHours(date, List.of(new Hours(125, 175)))));

        Instant midnight = date.atStartOfDay().toInstant(ZoneOffset.UTC);
        assertThat(schedule.slots(midnight, midnight.plusSeconds(86400), Duration.ofMinutes(1), List.of(), ALL))
                .isEmpty();
    }

    @Test
    void hoursThatTouchCountAsOneAlsoAcrossMidnight() {
        Schedule schedule = berlin(
                List.of(
                        new WeeklyHours(DayOfWeek.MONDAY, new Hours(1380, 1440)),
                        new WeeklyHours(DayOfWeek.TUESDAY, new Hours(0, 60)),
                        new WeeklyHours(DayOfWeek.TUESDAY, new Hours(60, 90))),
                List.of());
        Instant eleven = Instant.parse("2026-11-23T22:00:00Z");

        assertThat(schedule.covers(eleven, eleven.plusSeconds(9000))).isTrue();
        assertThat(schedule.covers(eleven, eleven.plusSeconds(9001))).isFalse();
    }

    @Test
    void anExceptionReplacesTheHoursOfItsDate() {
        LocalDate monday = LocalDate.parse("2026-12-21");
        Schedule schedule = berlin(
                List.of(new WeeklyHours(DayOfWeek.MONDAY, new Hours(600, 660))),
                List.of(
                        new DateHours(monday, List.of()),
                        new DateHours(monday.plusDays(1), List.of(new Hours(0, 60)))));

        assertThat(schedule.slots(
                        Instant.parse("2026-12-14T00:00:00Z"),
                        Instant.parse("2026-12-29T00:00:00Z"),
                        Duration.ofMinutes(60),
                        List.of(),
                        ALL))
                .extracting(slot -> slot.start().toString())
                .containsExactly("2026-12-14T09:00:00Z", "2026-12-21T23:00:00Z", "2026-12-28T09:00:00Z");
    }

    @Test
    void noTimeIsNeverCovered() {
        Schedule always = new Schedule(
                ZoneOffset.UTC,
                Stream.of(DayOfWeek.values())
                        .map(day -> new WeeklyHours(day, new Hours(0, Hours.DAY)))
                        .toList(),
                List.of());

        assertThat(always.covers(FROM, FROM)).isFalse();
        assertThat(always.covers(TO, FROM)).isFalse();
        assertThat(always.covers(FROM, TO)).isTrue();
    }

    private static Schedule berlin(List<WeeklyHours> weekly, List<DateHours> exceptions) {
        return new Schedule(ZoneId.of("Europe/Berlin"), weekly, exceptions);
    }
}
