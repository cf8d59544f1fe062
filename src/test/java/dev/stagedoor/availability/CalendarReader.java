package dev.stagedoor.availability;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.Temporal;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import net.fortuna.ical4j.data.CalendarBuilder;
import net.fortuna.ical4j.data.ParserException;
import net.fortuna.ical4j.model.Calendar;
import net.fortuna.ical4j.model.Component;
import net.fortuna.ical4j.model.Period;
import net.fortuna.ical4j.model.Property;
import net.fortuna.ical4j.model.TimeZoneRegistryImpl;
import net.fortuna.ical4j.model.ZoneRulesProviderImpl;
import net.fortuna.ical4j.model.component.VEvent;
import net.fortuna.ical4j.model.property.DateProperty;

/** Reads calendar files with ical4j, which then knows a zone by the file alone: its name is replaced by one of no place. */
final class CalendarReader {

    static final String NO_PLACE = "Nowhere/At_All";

    private CalendarReader() {}

    /** From start to end: instants, or dates of whole days. */
    record Time(Temporal start, Temporal end) {}

    /** Of its event. */
    static Time time(String file) {
        return read(file, calendar -> time(events(calendar).get(0)));
    }

    /** All of a series that are in this time. */
    static List<Time> times(String file, Instant from, Instant to) {
        Period<Temporal> range = new Period<>(from.atOffset(ZoneOffset.UTC), to.atOffset(ZoneOffset.UTC));
        return read(
                file,
                calendar -> events(calendar).get(0).<Temporal>calculateRecurrenceSet(range).stream()
                        .map(each -> new Time(Instant.from(each.getStart()), Instant.from(each.getEnd())))
                        .sorted(Comparator.comparing(each -> Instant.from(each.start())))
                        .toList());
    }

    /** What its event says of itself by this name; null where nothing. */
    static String property(String file, String name) {
        return read(
                file,
                calendar -> events(calendar)
                        .get(0)
                        .getProperty(name)
                        .map(Property::getValue)
                        .orElse(null));
    }

    /** What is wrong with it. */
    static List<String> complaints(String file) {
        return read(
                file,
                calendar -> calendar.validate(true).getEntries().stream()
                        .map(Object::toString)
                        .toList());
    }

    private static <T> T read(String file, Function<Calendar, T> reader) {
        TimeZoneRegistryImpl zones = new TimeZoneRegistryImpl();
        String ofNoPlace = file.replaceAll("(?m)^TZID:.*$", "TZID:" + NO_PLACE)
                .replaceAll("(?m)^(DTSTART|DTEND);TZID=[^:]*:", "$1;TZID=" + NO_PLACE + ":");
        try {
            return reader.apply(new CalendarBuilder(zones).build(new StringReader(ofNoPlace)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (ParserException e) {
            throw new IllegalArgumentException(file, e);
        } finally {
            // It has 1,500 names for the zones of files, and else each is taken until garbage is collected.
            zones.getZoneRules().keySet().forEach(ZoneRulesProviderImpl.INSTANCE.getZoneIdPool()::release);
        }
    }

    private static List<VEvent> events(Calendar calendar) {
        return calendar.getComponents(Component.VEVENT);
    }

    private static Time time(VEvent event) {
        return new Time(moment(event, Property.DTSTART), moment(event, Property.DTEND));
    }

    private static Temporal moment(VEvent event, String name) {
        Temporal moment =
                event.<DateProperty<Temporal>>getProperty(name).orElseThrow().getDate();
        return moment instanceof LocalDate ? moment : Instant.from(moment);
    }
}
