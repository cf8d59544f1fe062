package dev.stagedoor.availability;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class CalendarFileTest {

    private static final Pattern ESCAPED = Pattern.compile("\\\\(.)");

    private static CalendarEntry rehearsal() {
        Instant start = Instant.parse("2026-12-07T09:00:00Z");
        return new CalendarEntry(
                "7@stagedoor",
                3,
                Instant.parse("2026-11-20T16:05:00Z"),
                "Rehearsal, last",
                "Doors: 8:30\nBring shoes; no food",
                ZoneId.of("Europe/Lisbon"),
                start,
                start.plusSeconds(5400),
                false,
                false,
                false);
    }

    @Test
    void anEventIsToldWithTheChangesOfItsClocks() {
        String file = CalendarFile.of(rehearsal());

        assertThat(file).startsWith("""
                BEGIN:VCALENDAR
                VERSION:2.0
                PRODID:-//Stagedoor//Group events//EN
                CALSCALE:GREGORIAN
                BEGIN:VTIMEZONE
                TZID:Europe/Lisbon
                BEGIN:STANDARD
                DTSTART:20251026T020000
                TZOFFSETFROM:+0100
                TZOFFSETTO:+0000
                TZNAME:+0000
                END:STANDARD
                BEGIN:DAYLIGHT
                DTSTART:20260329T010000
                TZOFFSETFROM:+0000
                TZOFFSETTO:+0100
                TZNAME:+0100
                END:DAYLIGHT
                """.replace("\n", "\r\n"));
        assertThat(file).endsWith("""
                END:VTIMEZONE
                BEGIN:VEVENT
                UID:7@stagedoor
                SEQUENCE:3
                DTSTAMP:20261120T160500Z
                DTSTART;TZID=Europe/Lisbon:20261207T090000
                DTEND;TZID=Europe/Lisbon:20261207T103000
                SUMMARY:Rehearsal\\, last
                DESCRIPTION:Doors: 8:30\\nBring shoes\\; no food
                STATUS:CONFIRMED
                END:VEVENT
                END:VCALENDAR
                """.replace("\n", "\r\n"));
    }

    @Test
    void oneThatIsCanceledSaysSo() {
        CalendarEntry entry = CalendarEntries.saying("Rehearsal", "");

        String file = CalendarFile.of(CalendarEntries.canceled(entry));

        assertThat(CalendarReader.property(file, "STATUS")).isEqualTo("CANCELLED");
        assertThat(CalendarReader.property(file, "SEQUENCE")).isEqualTo("4");
        assertThat(CalendarReader.property(file, "UID")).isEqualTo(entry.uid());
    }

    @Test
    void nothingIsSaidOfADescriptionThatThereIsNot() {
        assertThat(CalendarFile.of(CalendarEntries.saying("Rehearsal", ""))).doesNotContain("DESCRIPTION");
    }

    static List<CalendarEntry> ofEveryKind() {
        ZoneId zone = ZoneId.of("America/New_York");
        Instant start = Instant.parse("2026-12-07T14:00:00Z");
        Instant unclear = Instant.parse("2026-11-01T06:30:00Z");
        Duration hour = Duration.ofHours(1);
        return List.of(
                CalendarEntries.saying("Rehearsal", "of all"),
                CalendarEntries.lasting(zone, start, hour),
                CalendarEntries.lasting(zone, unclear, hour),
                CalendarEntries.lasting(ZoneId.of("Asia/Tokyo"), start, hour),
                CalendarEntries.weekly(zone, start, hour),
                CalendarEntries.weekly(ZoneOffset.UTC, start, hour),
                CalendarEntries.wholeDays(zone, LocalDate.of(2026, 12, 7), LocalDate.of(2026, 12, 9)),
                CalendarEntries.canceled(CalendarEntries.lasting(zone, start, hour)));
    }

    @ParameterizedTest
    @MethodSource("ofEveryKind")
    void isValid(CalendarEntry entry) {
        assertThat(CalendarReader.complaints(CalendarFile.of(entry))).isEmpty();
    }

    /** Spaces where a text begins and ends are not among them: this reader drops them, others do not. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "two  spaces,   and more",
                "one, two; three: \"four\" = 'five' \\ six \\, seven \\; eight \\n nine \\N ten \\\\n",
                "a line\nand another\n\n\nand more\n",
                "with\ta tab",
                "Проба · 舞台稽古 · 무대 연습 · بروفة · חזרה · ลองเวที · e\u0301",
                "👩‍👩‍👧‍👦 🏳️‍🌈 🇵🇹 🎭🎬🎤🎧🎼🎹🥁🎷🎺🎸🪕🎻",
                "\ufeff\u200b\u200e\u202e\ufffd\ufffe\ue000\udbff\udffd",
                "BEGIN:VEVENT",
                "x\nEND:VEVENT\nEND:VCALENDAR\nBEGIN:VCALENDAR",
                "x\n \n\tATTACH:http://example.org/"
            })
    void textsComeBackAsTheyWere(String text) {
        String file = CalendarFile.of(CalendarEntries.saying(text, "-" + text));

        assertThat(CalendarReader.property(file, "SUMMARY")).isEqualTo(text);
        assertThat(CalendarReader.property(file, "DESCRIPTION")).isEqualTo("-" + text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r", "\r\n", "\u000b", "\f", "\u0085", "\u2028", "\u2029"})
    void whateverEndsALineEndsOneOfTheTextAlone(String end) {
        String injection = "Rehearsal" + end + "END:VEVENT" + end + "BEGIN:VEVENT" + end + " UID:8@stagedoor" + end;

        String file = CalendarFile.of(CalendarEntries.saying(injection, ""));

        assertThat(CalendarReader.property(file, "SUMMARY"))
                .isEqualTo("Rehearsal\nEND:VEVENT\nBEGIN:VEVENT\n UID:8@stagedoor\n");
        assertThat(file.lines().filter(line -> line.startsWith("UID:"))).containsExactly("UID:7@stagedoor");
    }

    @Test
    void whatNoCalendarMayHoldIsLeftOut() {
        String file = CalendarFile.of(CalendarEntries.saying("\0Re\u001bhear\u007fsal\u0080\ud83c\u009f", ""));

        assertThat(CalendarReader.property(file, "SUMMARY")).isEqualTo("Rehearsal");
    }

    @Test
    void aLineMayEndWithinAnyLetter() {
        for (int before = 0; before < 80; before++) {
            String text = "x".repeat(before) + "é舞🎭\\n\n,".repeat(30);
            String file = CalendarFile.of(CalendarEntries.saying(text, text));

            assertThat(CalendarReader.property(file, "SUMMARY")).isEqualTo(text);
            assertThat(CalendarReader.property(file, "DESCRIPTION")).isEqualTo(text);
        }
    }

    @Provide
    Arbitrary<String> texts() {
        Arbitrary<String> parts = Arbitraries.of(
                "\r\n",
                "\n",
                "\r",
                "\u000b",
                "\f",
                "\u0085",
                "\u2028",
                "\u2029",
                "\t",
                " ",
                "\0",
                "\u001b",
                "\u0090",
                "\\",
                "\\n",
                ",",
                ";",
                ":",
                "=",
                "\"",
                "BEGIN:VEVENT",
                "END:VCALENDAR",
                "UID:8",
                "\r\n ",
                "n",
                "é",
                "舞",
                "🎭",
                "\ud83c",
                "\udfad",
                "e\u0301",
                "a text of some length, as people write them; with this and that\\that");
        return Arbitraries.oneOf(parts, Arbitraries.strings().ofMaxLength(100))
                .list()
                .ofMaxSize(60)
                .map(list -> String.join("", list));
    }

    @Property
    void noTextBreaksOutOfItsLine(
            @ForAll("texts") String uid, @ForAll("texts") String title, @ForAll("texts") String description) {
        CalendarEntry event = CalendarEntries.saying(title, "-" + description);

        String file = CalendarFile.of(event);

        assertThat(file).endsWith("\r\n");
        Stream.of(file.split("\r\n")).forEach(CalendarFileTest::isALine);
        List<String> lines = List.of(file.replace("\r\n ", "").split("\r\n"));
        assertThat(lines.stream().map(line -> line.replaceAll("[:;].*", "")))
                .containsExactly(
                        "BEGIN",
                        "VERSION",
                        "PRODID",
                        "CALSCALE",
                        "BEGIN",
                        "UID",
                        "SEQUENCE",
                        "DTSTAMP",
                        "DTSTART",
                        "DTEND",
                        "SUMMARY",
                        "DESCRIPTION",
                        "STATUS",
                        "END",
                        "END");
        assertThat(value(lines.get(10))).isEqualTo(kept(title));
        assertThat(value(lines.get(11))).isEqualTo("-" + kept(description));
    }

    private static void isALine(String line) {
        try {
            assertThat(UTF_8.newEncoder().encode(CharBuffer.wrap(line)).remaining())
                    .isLessThanOrEqualTo(75);
        } catch (CharacterCodingException e) {
            throw new AssertionError("Half a letter in " + line, e);
        }
        assertThat(line).doesNotContainPattern("[\\p{Cc}\u2028\u2029&&[^\t]]");
    }

    private static String value(String line) {
        String escaped = line.substring(line.indexOf(':') + 1);
        return ESCAPED.matcher(escaped)
                .replaceAll(each -> each.group(1).equals("n") ? "\n" : Matcher.quoteReplacement(each.group(1)));
    }

    /** What of a text can be in a calendar. */
    private static String kept(String text) {
        StringBuilder kept = new StringBuilder();
        text.replaceAll("\r\n|[\r\u000b\f\u0085\u2028\u2029]", "\n")
                .codePoints()
                .filter(point -> point == '\n' || point == '\t' || !Character.isISOControl(point))
                .filter(point -> Character.getType(point) != Character.SURROGATE)
                .forEach(kept::appendCodePoint);
        return kept.toString();
    }
}
