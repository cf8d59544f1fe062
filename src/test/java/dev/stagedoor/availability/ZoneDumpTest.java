package dev.stagedoor.availability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.stagedoor.support.Zones;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.zone.ZoneRulesProvider;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Every change of every zone's clocks from 2024 to 2030, against what the system's own zdump says of it. */
class ZoneDumpTest {

    private static final Path ZONES = Path.of("/usr/share/zoneinfo/tzdata.zi");

    /** {@code Europe/Lisbon  Sun Mar 31 01:00:00 2024 UT = Sun Mar 31 02:00:00 2024 WEST isdst=1 gmtoff=3600}. */
    private static final Pattern LINE =
            Pattern.compile("(\\S+) +\\w+ (\\w+ +\\d+ [0-9:]+ \\d+) UT = .* gmtoff=(-?\\d+)");

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("MMM d HH:mm:ss yyyy", Locale.ROOT);
    private static final int MINUTES = 5;

    /** Between releases, rules of a few zones change. */
    private static final double SHARE_OF_OTHER_RELEASES = 0.02;

    /** The offsets from UTC in seconds, by when each begins; the one before the first is that of its line before. */
    private static Map<String, NavigableMap<Instant, Integer>> offsets() throws IOException {
        List<String> command = new ArrayList<>(List.of("zdump", "-v", "-c", "2024,2031"));
        Zones.names().stream()
                .filter(zone -> Files.exists(Path.of("/usr/share/zoneinfo", zone)))
                .forEach(command::add);
        Process process = new ProcessBuilder(command).start();
        Map<String, NavigableMap<Instant, Integer>> offsets = new TreeMap<>();
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            lines.lines()
                    .map(LINE::matcher)
                    .filter(Matcher::matches)
                    .forEach(line -> offsets.computeIfAbsent(line.group(1), zone -> new TreeMap<>())
                            .put(
                                    LocalDateTime.parse(line.group(2).replaceAll(" +", " "), TIME)
                                            .toInstant(ZoneOffset.UTC),
                                    Integer.valueOf(line.group(3))));
        }
        return offsets;
    }

    @Test
    void theSlotsOfEveryDayWithAChangeAreThoseThatClocksShow() throws IOException {
        assumeThat(ZONES).as("the system's time zones").exists();
        int days = 0;
        List<String> different = new ArrayList<>();
        for (Map.Entry<String, NavigableMap<Instant, Integer>> zone : offsets().entrySet()) {
            for (LocalDate date : datesOfChanges(zone.getValue())) {
                days++;
                List<Slot> ours =
                        new TimeGrid(ZoneId.of(zone.getKey()), List.of(date), 0, TimeGrid.WHOLE_DAY, MINUTES).slots();
                if (!ours.stream().map(Slot::start).toList().equals(shown(date, zone.getValue()))) {
                    different.add(zone.getKey() + " " + date);
                }
            }
        }

        assertThat(days).isGreaterThan(2_000);
        if (isSameRelease()) {
            assertThat(different).isEmpty();
        } else {
            assertThat(different).hasSizeLessThan((int) (days * SHARE_OF_OTHER_RELEASES));
        }
    }

    private static boolean isSameRelease() throws IOException {
        String ours = ZoneRulesProvider.getVersions("UTC").lastKey();
        try (BufferedReader zones = Files.newBufferedReader(ZONES)) {
            return zones.readLine().equals("# version " + ours);
        }
    }

    private static List<LocalDate> datesOfChanges(NavigableMap<Instant, Integer> offsets) {
        return offsets.keySet().stream()
                .filter(change -> offsets.lowerKey(change) != null)
                .filter(change -> !offsets.lowerEntry(change).getValue().equals(offsets.get(change)))
                .flatMap(change -> List.of(change.minusSeconds(1), change).stream()
                        .map(moment -> local(moment, offsets).toLocalDate()))
                .filter(date -> date.getYear() < 2031)
                .distinct()
                .toList();
    }

    private static LocalDateTime local(Instant moment, NavigableMap<Instant, Integer> offsets) {
        Map.Entry<Instant, Integer> offset = offsets.floorEntry(moment);
        int seconds = (offset == null ? offsets.firstEntry() : offset).getValue();
        return LocalDateTime.ofEpochSecond(moment.getEpochSecond(), 0, ZoneOffset.ofTotalSeconds(seconds));
    }

    /** Each five minutes in which clocks show the date. */
    private static List<Instant> shown(LocalDate date, NavigableMap<Instant, Integer> offsets) {
        List<Instant> moments = new ArrayList<>();
        Instant moment = date.minusDays(1).atStartOfDay().toInstant(ZoneOffset.UTC);
        Instant end = date.plusDays(2).atStartOfDay().toInstant(ZoneOffset.UTC);
        while (moment.isBefore(end)) {
            if (local(moment, offsets).toLocalDate().equals(date)) {
                moments.add(moment);
            }
            moment = moment.plusSeconds(MINUTES * 60L);
        }
        return moments;
    }
}
