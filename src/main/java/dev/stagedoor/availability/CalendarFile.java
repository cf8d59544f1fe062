package dev.stagedoor.availability;

import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A group event as an iCalendar file (RFC 5545). Nothing in the texts of an entry can begin a line of it. */
final class CalendarFile {

    /** Of a line, without its end. */
    private static final int MOST_OCTETS = 75;

    /** For how many years the changes of the clocks are told, after the end of an event and of the first of a series. */
    private static final int YEARS = 2;

    private static final int YEARS_OF_A_SERIES = 10;

    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("uuuuMMdd", Locale.ROOT);

    private static final Pattern SPECIAL = Pattern.compile("[\\\\;,]");
    private static final Pattern LINE_BREAK = Pattern.compile("\\R");
    /** Control characters but the tab, and halves of surrogate pairs. */
    private static final Pattern NO_TEXT = Pattern.compile("[\\p{Cc}\\p{Cs}&&[^\t]]");

    private CalendarFile() {}

    static String of(CalendarEntry entry) {
        Stream<String> head = Stream.of(
                "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Stagedoor//Group events//EN", "CALSCALE:GREGORIAN");
        return Stream.of(head, content(entry), Stream.of("END:VCALENDAR"))
                .flatMap(Function.identity())
                .map(CalendarFile::folded)
                .collect(Collectors.joining());
    }

    private static Stream<String> content(CalendarEntry entry) {
        if (entry.isWholeDays()) {
            return event(entry, "DTSTART" + day(firstDay(entry)), "DTEND" + day(dayAfter(entry)));
        }
        CalendarZone zone = new CalendarZone(entry.zone());
        boolean isClear = zone.isClear(entry.start()) && zone.isClear(entry.end());
        return zone.isUtc() || !isClear
                ? event(entry, CalendarZone::utc)
                : Stream.concat(changes(entry, zone), event(entry, zone::wallClock));
    }

    /** From a year before, as ical4j 3 takes the standard time that the zone has today for that of any day. */
    private static Stream<String> changes(CalendarEntry entry, CalendarZone zone) {
        Instant first = entry.stamp().isBefore(entry.start()) ? entry.stamp() : entry.start();
        int years = entry.isWeekly() ? YEARS_OF_A_SERIES : YEARS;
        return zone.changes(
                first.atZone(entry.zone()).minusYears(1).toInstant(),
                entry.end().atZone(entry.zone()).plusYears(years).toInstant());
    }

    private static Stream<String> event(CalendarEntry entry, Function<Instant, String> form) {
        return event(entry, "DTSTART" + form.apply(entry.start()), "DTEND" + form.apply(entry.end()));
    }

    private static Stream<String> event(CalendarEntry entry, String... times) {
        Stream.Builder<String> lines = Stream.builder();
        lines.add("BEGIN:VEVENT")
                .add("UID:" + escaped(entry.uid()))
                .add("SEQUENCE:" + entry.sequence())
                .add("DTSTAMP" + CalendarZone.utc(entry.stamp()));
        Stream.of(times).forEach(lines);
        if (entry.isWeekly()) {
            lines.add("RRULE:FREQ=WEEKLY");
        }
        lines.add("SUMMARY:" + escaped(entry.title()));
        if (!entry.description().isEmpty()) {
            lines.add("DESCRIPTION:" + escaped(entry.description()));
        }
        return lines.add("STATUS:" + (entry.isCancelled() ? "CANCELLED" : "CONFIRMED"))
                .add("END:VEVENT")
                .build();
    }

    private static String day(LocalDate date) {
        return ";VALUE=DATE:" + DATE.format(date);
    }

    private static LocalDate firstDay(CalendarEntry entry) {
        return LocalDate.ofInstant(entry.start(), entry.zone());
    }

    /** The day that begins at the end, at whatever time; else the one after the day that the end is in. */
    private static LocalDate dayAfter(CalendarEntry entry) {
        LocalDate day = LocalDate.ofInstant(entry.end(), entry.zone());
        boolean isTouched = entry.end().isAfter(day.atStartOfDay(entry.zone()).toInstant());
        return isTouched ? day.plusDays(1) : day;
    }

    private static String escaped(String text) {
        String special = SPECIAL.matcher(text).replaceAll("\\\\$0");
        String oneLine = LINE_BREAK.matcher(special).replaceAll("\\\\n");
        return NO_TEXT.matcher(oneLine).replaceAll("");
    }

    /** With its end; what is too long goes on in the next line, after a space. */
    private static String folded(String line) {
        StringBuilder folded = new StringBuilder();
        int octets = 0;
        for (int point : line.codePoints().toArray()) {
            int more = octets(point);
            if (octets + more > MOST_OCTETS) {
                folded.append("\r\n ");
                octets = 1;
            }
            folded.appendCodePoint(point);
            octets += more;
        }
        return folded.append("\r\n").toString();
    }

    /** In UTF-8. */
    private static int octets(int point) {
        if (point < 0x80) {
            return 1;
        }
        if (point < 0x800) {
            return 2;
        }
        return point < Character.MIN_SUPPLEMENTARY_CODE_POINT ? 3 : 4;
    }
}
