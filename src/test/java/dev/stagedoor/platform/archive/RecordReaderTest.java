package dev.stagedoor.platform.archive;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stagedoor.platform.archive.RecordReader.Parsed;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RecordReaderTest {

    private static final int FIELDS = 7;

    @Provide
    Arbitrary<String> texts() {
        Arbitrary<String> awkward = Arbitraries.of(
                "\"", "\"\"", "\t", "\r", "\n", "\r\n", "\r\r\n", "é", "中", "😀", "👩‍👧", "\u0000", "\u2028", "\uFEFF",
                " ");
        Arbitrary<String> anyCharacter = Arbitraries.integers()
                .between(0, Character.MAX_CODE_POINT)
                .filter(point -> point < Character.MIN_SURROGATE || point > Character.MAX_SURROGATE)
                .map(Character::toString);
        Arbitrary<String> plain = Arbitraries.strings().ascii().ofMaxLength(5);
        return Arbitraries.oneOf(awkward, anyCharacter, plain)
                .list()
                .ofMaxSize(6)
                .map(parts -> String.join("", parts));
    }

    @Provide
    Arbitrary<List<List<String>>> archives() {
        return texts().list().ofSize(FIELDS).list().ofMaxSize(8);
    }

    @Property(tries = 500)
    void whatIsWrittenByTheRulesIsReadBackHoweverTheInputIsChopped(
            @ForAll("archives") List<List<String>> records,
            @ForAll boolean windows,
            @ForAll boolean quoteAll,
            @ForAll boolean endLastLine)
            throws IOException {
        String lineEnd = windows ? "\r\n" : "\n";
        List<Parsed> expected = new ArrayList<>();
        StringBuilder file = new StringBuilder();
        for (List<String> record : records) {
            long line = 1 + file.chars().filter(c -> c == '\n').count();
            expected.add(new Parsed(line, record, null));
            file.append(written(record, quoteAll)).append(lineEnd);
        }
        if (!endLastLine && !records.isEmpty()) {
            file.setLength(file.length() - lineEnd.length());
        }
        for (int chunk : new int[] {1, 7, 64 * 1024}) {
            assertThat(read(new Chopped(bytes(file.toString()), chunk))).isEqualTo(expected);
        }
    }

    private static String written(List<String> fields, boolean quoteAll) {
        return String.join(
                "\t", fields.stream().map(field -> written(field, quoteAll)).toList());
    }

    private static String written(String field, boolean quoteAll) {
        boolean special = Stream.of("\"", "\t", "\r", "\n").anyMatch(field::contains);
        return quoteAll || special ? '"' + field.replace("\"", "\"\"") + '"' : field;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static List<Parsed> read(InputStream input) throws IOException {
        RecordReader reader = new RecordReader(input, '\t');
        List<Parsed> all = new ArrayList<>();
        for (Parsed parsed = reader.next(); parsed != null; parsed = reader.next()) {
            all.add(parsed);
        }
        return all;
    }

    private static List<Parsed> read(String file) throws IOException {
        List<Parsed> whole = read(new ByteArrayInputStream(bytes(file)));
        assertThat(read(new Chopped(bytes(file), 1))).isEqualTo(whole);
        return whole;
    }

    private static Parsed good(long line, String... fields) {
        return new Parsed(line, List.of(fields), null);
    }

    private static Parsed bad(long line, String error) {
        return new Parsed(line, List.of(), error);
    }

    @Test
    void anEmptyInputHasNoRecord() throws IOException {
        assertThat(read("")).isEmpty();
    }

    @Test
    void theEndStaysTheEnd() throws IOException {
        RecordReader reader = new RecordReader(new ByteArrayInputStream(bytes("a\n")), '\t');

        assertThat(reader.next()).isEqualTo(good(1, "a"));
        assertThat(reader.next()).isNull();
        assertThat(reader.next()).isNull();
    }

    @Test
    void anEmptyLineIsARecordOfOneEmptyField() throws IOException {
        assertThat(read("\na\n\r\n\t")).containsExactly(good(1, ""), good(2, "a"), good(3, ""), good(4, "", ""));
    }

    @Test
    void aCarriageReturnWithinALineBelongsToItsField() throws IOException {
        assertThat(read("a\rb\tc\r\td\r\ne\r")).containsExactly(good(1, "a\rb", "c\r", "d"), good(2, "e\r"));
    }

    @Test
    void aQuoteWithinAFieldIsAQuote() throws IOException {
        assertThat(read("say \"hi\"\tit's 5\"\n")).containsExactly(good(1, "say \"hi\"", "it's 5\""));
    }

    @Test
    void aForgottenQuoteCostsOneRecord() throws IOException {
        assertThat(read("a\tb\nc\t\"d\ne\tf\n\ng\n"))
                .containsExactly(
                        good(1, "a", "b"),
                        bad(2, "a quoted field does not end"),
                        good(3, "e", "f"),
                        good(4, ""),
                        good(5, "g"));
    }

    @Test
    void aForgottenQuoteAfterLineBreaksCostsTheLinesOneByOne() throws IOException {
        assertThat(read("\"x\ny\"\tz\n\"a\nb\"c\nd\n"))
                .containsExactly(
                        good(1, "x\ny", "z"), bad(3, "text follows a quoted field"), good(4, "b\"c"), good(5, "d"));
    }

    @Test
    void textBehindAClosingQuoteCostsOneRecord() throws IOException {
        assertThat(read("\"a\"b\tc\nd\te\n\"f\" \n\"g\"\rh\n\"i\"\r\n"))
                .containsExactly(
                        bad(1, "text follows a quoted field"),
                        good(2, "d", "e"),
                        bad(3, "text follows a quoted field"),
                        bad(4, "text follows a quoted field"),
                        good(5, "i"));
    }

    @Test
    void bytesThatAreNotUtf8CostOneRecord() throws IOException {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        file.write(bytes("a\tb\nc\t"));
        file.write(new byte[] {(byte) 0xC3, '('});
        file.write(bytes("\td\n\""));
        file.write(new byte[] {(byte) 0xED, (byte) 0xA0, (byte) 0x80});
        file.write(bytes("\"\ne\n"));
        file.write(0xF0);

        for (int chunk : new int[] {1, 7, 64 * 1024}) {
            assertThat(read(new Chopped(file.toByteArray(), chunk)))
                    .containsExactly(
                            good(1, "a", "b"),
                            bad(2, "is not UTF-8"),
                            bad(3, "is not UTF-8"),
                            good(4, "e"),
                            bad(5, "is not UTF-8"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"%s\n", "\"%s\"\n", "a\t\"%s\"\r\n", "a\t%s\tb\r\n"})
    void aRecordMayHaveSoManyBytesAndNoMore(String format) throws IOException {
        int rest = RecordReader.MAX_RECORD_BYTES - format.length() + "%s".length();
        String longest = String.format(format, "x".repeat(rest));
        String tooLong = String.format(format, "x".repeat(rest + 1));

        List<Parsed> read = read("first\n" + longest + tooLong + "last\n");

        assertThat(read).hasSize(4);
        assertThat(read.get(1).error()).isNull();
        assertThat(String.join("", read.get(1).fields())).contains("x".repeat(rest));
        assertThat(read.get(2)).isEqualTo(bad(3, "is longer than " + RecordReader.MAX_RECORD_BYTES + " bytes"));
        assertThat(read.get(3)).isEqualTo(good(4, "last"));
    }

    @Test
    void aForgottenQuoteInFrontOfManyLinesCostsOneRecord() throws IOException {
        int lines = RecordReader.MAX_RECORD_BYTES / 4;

        List<Parsed> read = read("\"open\n" + "a\tb\tc\n".repeat(lines));

        assertThat(read).hasSize(lines + 1);
        assertThat(read.get(0).error()).isNotNull();
        assertThat(read.subList(1, read.size())).allMatch(parsed -> parsed.error() == null);
        assertThat(read.get(lines).line()).isEqualTo(lines + 1);
    }

    @Test
    void millionsOfRecordsPassThroughABoundedBuffer() throws IOException {
        int records = 2_000_000;
        Endless input = new Endless(bytes("room\tname\t2016-01-01T00:00:00Z\tu\tada\tm\t\"a\n\"\"b\"\"\"\n"), records);
        RecordReader reader = new RecordReader(input, '\t');
        List<String> fields = List.of("room", "name", "2016-01-01T00:00:00Z", "u", "ada", "m", "a\n\"b\"");

        long read = 0;
        for (Parsed parsed = reader.next(); parsed != null; parsed = reader.next()) {
            if (parsed.line() != 1 + 2 * read || !parsed.fields().equals(fields)) {
                throw new AssertionError("Record " + read + " was read as " + parsed);
            }
            read++;
        }

        assertThat(read).isEqualTo(records);
        assertThat(input.largestBuffer).isPositive().isLessThanOrEqualTo(RecordReader.MAX_RECORD_BYTES);
    }

    /** Hands out at most so many bytes at a time. */
    private static final class Chopped extends ByteArrayInputStream {

        private final int chunk;

        Chopped(byte[] bytes, int chunk) {
            super(bytes);
            this.chunk = chunk;
        }

        @Override
        public synchronized int read(byte[] buffer, int offset, int length) {
            return super.read(buffer, offset, Math.min(chunk, length));
        }
    }

    /** The same record again and again; sees how large a buffer it is read into. */
    private static final class Endless extends InputStream {

        private final byte[] record;
        private long rest;
        private int place;
        private int largestBuffer;

        Endless(byte[] record, long times) {
            this.record = record;
            this.rest = times * record.length;
        }

        @Override
        public int read() {
            throw new UnsupportedOperationException();
        }

        @Override
        public int read(byte[] buffer, int offset, int length) {
            largestBuffer = Math.max(largestBuffer, buffer.length);
            if (rest == 0) {
                return -1;
            }
            int count = (int) Math.min(Math.min(rest, length), record.length - place);
            System.arraycopy(record, place, buffer, offset, count);
            place = (place + count) % record.length;
            rest -= count;
            return count;
        }
    }
}
