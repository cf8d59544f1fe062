package dev.stagedoor.availability;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Stream;

/** A time zone in a calendar file. It is told by each change of its clocks, so that a reader need not know it. */
record CalendarZone(ZoneId id) {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss", Locale.ROOT);
    private static final DateTimeFormatter OFFSET =
            new DateTimeFormatterBuilder().appendOffset("+HHMMss", "+0000").toFormatter(Locale.ROOT);

    /** The value of a property, with what goes before it. */
    static String utc(Instant time) {
        return ":" + TIME.format(time.atOffset(ZoneOffset.UTC)) + "Z";
    }

    /** The value of a property, with what goes before it. */
    String wallClock(Instant time) {
        return ";TZID=" + name() + ":" + TIME.format(time.atZone(id));
    }

    boolean isUtc() {
        return id.normalized().equals(ZoneOffset.UTC);
    }

    /**
     * Whether the wall clock shows this time once. Where it is put back it shows an hour twice: RFC 5545 (3.3.5) means the
     * first, yet ical.js, which is in Thunderbird, takes the second.
     */
    boolean isClear(Instant time) {
        LocalDateTime shown = LocalDateTime.ofInstant(time, id);
        return id.getRules().getValidOffsets(shown).size() == 1;
    }

    /** Every change from the last one before the first time to the last one before the second. */
    Stream<String> changes(Instant from, Instant until) {
        Stream<String> changes = Stream.iterate(
                        lastChange(from), time -> time != null && time.isBefore(until), this::nextChange)
                .flatMap(this::change);
        return Stream.of(Stream.of("BEGIN:VTIMEZONE", "TZID:" + name()), changes, Stream.of("END:VTIMEZONE"))
                .flatMap(Function.identity());
    }

    /** Without the colon of an offset, for which it would have to be quoted. */
    private String name() {
        return id.getId().replace(":", "");
    }

    /** The beginning of 1970 where there is none since: a zone has to have one. */
    private Instant lastChange(Instant before) {
        ZoneOffsetTransition last = id.getRules().previousTransition(before);
        return last == null || last.getInstant().isBefore(Instant.EPOCH) ? Instant.EPOCH : last.getInstant();
    }

    private Instant nextChange(Instant after) {
        ZoneOffsetTransition next = id.getRules().nextTransition(after);
        return next == null ? null : next.getInstant();
    }

    /** It begins at what a clock shows that is not changed. */
    private Stream<String> change(Instant time) {
        ZoneRules rules = id.getRules();
        ZoneOffset before = rules.getOffset(time.minusSeconds(1));
        String after = OFFSET.format(rules.getOffset(time));
        String kind = rules.isDaylightSavings(time) ? "DAYLIGHT" : "STANDARD";
        return Stream.of(
                "BEGIN:" + kind,
                "DTSTART:" + TIME.format(time.atOffset(before)),
                "TZOFFSETFROM:" + OFFSET.format(before),
                "TZOFFSETTO:" + after,
                // The names that Java has differ between its releases.
                "TZNAME:" + after,
                "END:" + kind);
    }
}
