package dev.stagedoor.availability;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.stagedoor.support.Zones;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Calendar files, each with a JSON file beside it of what it has to mean: for readers that are not written in Java. */
public final class CalendarSamples {

    private static final Instant FROM = Instant.parse("2026-09-01T00:00:00Z");
    private static final Instant TO = Instant.parse("2027-09-01T00:00:00Z");
    private static final Duration HOUR = Duration.ofHours(1);
    private static final int TEN_YEARS_OF_WEEKS = 521;

    private static final List<ZoneId> ZONES = List.of(
            ZoneId.of("Africa/Cairo"),
            ZoneId.of("Africa/Casablanca"),
            ZoneId.of("America/New_York"),
            ZoneId.of("America/Santiago"),
            ZoneId.of("America/St_Johns"),
            ZoneId.of("Antarctica/Troll"),
            ZoneId.of("Asia/Kathmandu"),
            ZoneId.of("Asia/Tokyo"),
            ZoneId.of("Australia/Lord_Howe"),
            ZoneId.of("Etc/UTC"),
            ZoneId.of("Europe/Dublin"),
            ZoneId.of("Europe/Lisbon"),
            ZoneId.of("Pacific/Chatham"),
            ZoneId.of("+05:45"));

    private final Path folder;
    private int written;

    private CalendarSamples(Path folder) {
        this.folder = folder;
    }

    /** Writes all of them into this folder. */
    public static void writeTo(Path folder) throws IOException {
        CalendarSamples samples = new CalendarSamples(folder);
        samples.writeTexts();
        for (ZoneId zone : ZONES) {
            samples.writeTimes(zone);
            samples.writeSeries(zone);
            samples.writeDays(zone);
        }
    }

    private void writeTexts() throws IOException {
        List<String> texts = List.of(
                "one, two; three: \"four\" \\ five \\, six \\n seven \\\\",
                "  spaces\tand tabs\t  ",
                "a line\nanother\n\n\\\nand more\n",
                "x\nEND:VEVENT\nEND:VCALENDAR\nBEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:8",
                "Проба · 舞台稽古 · 무대 연습 · بروفة · ลองเวที · e\u0301 · " + "👩‍👩‍👧‍👦🏳️‍🌈🎭".repeat(20));
        for (String text : texts) {
            write(CalendarEntries.saying(text, text + text), List.of());
        }
        write(CalendarEntries.canceled(CalendarEntries.saying("Rehearsal", "")), List.of());
    }

    private void writeTimes(ZoneId zone) throws IOException {
        List<Instant> starts = new ArrayList<>();
        starts.add(FROM);
        for (Instant change : Zones.changes(zone, FROM, TO)) {
            for (int minutes : new int[] {-180, -60, -30, 0, 30, 60, 180}) {
                starts.add(change.plusSeconds(minutes * 60L));
            }
        }
        for (Instant start : starts) {
            write(CalendarEntries.lasting(zone, start, HOUR), List.of());
        }
    }

    private void writeSeries(ZoneId zone) throws IOException {
        Instant monday = LocalDateTime.parse("2026-12-07T09:00").atZone(zone).toInstant();
        CalendarEntry weekly = CalendarEntries.weekly(zone, monday, HOUR);
        write(weekly, CalendarEntries.starts(weekly, TEN_YEARS_OF_WEEKS));
    }

    private void writeDays(ZoneId zone) throws IOException {
        for (Instant change : Zones.changes(zone, FROM, TO)) {
            LocalDate day = LocalDate.ofInstant(change, zone);
            write(CalendarEntries.wholeDays(zone, day.minusDays(1), day), day.minusDays(1), day, List.of());
            write(CalendarEntries.wholeDays(zone, day, day.plusDays(2)), day, day.plusDays(2), List.of());
        }
    }

    private void write(CalendarEntry entry, List<Instant> starts) throws IOException {
        write(entry, entry.start(), entry.end(), starts);
    }

    /** The start and end are dates of whole days; the starts are those of a series. */
    private void write(CalendarEntry entry, Object start, Object end, List<Instant> starts) throws IOException {
        Map<String, Object> meaning = new LinkedHashMap<>();
        meaning.put("uid", entry.uid());
        meaning.put("sequence", entry.sequence());
        meaning.put("status", entry.isCancelled() ? "CANCELLED" : "CONFIRMED");
        meaning.put("title", entry.title());
        meaning.put("description", entry.description());
        meaning.put("start", start.toString());
        meaning.put("end", end.toString());
        meaning.put("starts", starts.stream().map(Instant::toString).toList());
        written++;
        Files.writeString(folder.resolve(written + ".ics"), CalendarFile.of(entry));
        Files.writeString(folder.resolve(written + ".json"), new ObjectMapper().writeValueAsString(meaning));
    }
}
