package dev.stagedoor.chat.archive;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stagedoor.chat.archive.ArchiveReader.Batch;
import dev.stagedoor.platform.archive.Rejection;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ArchiveReaderTest {

    private static final String GOOD = "r1\troom/one\t2016-05-01T10:00:00.123Z\tu1\tada\tm1\thello";

    private static ArchiveReader reader(String file) {
        return new ArchiveReader(new ByteArrayInputStream(file.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void aGoodRecordIsALine() throws IOException {
        Batch batch = reader(GOOD + "\n").next(10);

        assertThat(batch.rejections()).isEmpty();
        assertThat(batch.lines())
                .containsExactly(new ArchiveLine(
                        1, "r1", "room/one", Instant.parse("2016-05-01T10:00:00.123Z"), "u1", "ada", "m1", "hello"));
    }

    @Test
    void anEmptyTextIsATombstoneAndNoMistake() throws IOException {
        Batch batch = reader("r\tn\t2016-05-01T10:00:00Z\tu\ta\tm\t\n").next(10);

        assertThat(batch.rejections()).isEmpty();
        assertThat(batch.lines()).extracting(ArchiveLine::text).containsExactly("");
    }

    static List<Arguments> badRecords() {
        String nul = " holds a NUL character, which PostgreSQL cannot store";
        String length = " must have 1 to 100 characters";
        String time = "sent_at is not a time of RFC 3339";
        return List.of(
                Arguments.of("", "has 1 fields, not 7"),
                Arguments.of("r\tn\t2016-05-01T10:00:00Z\tu\ta\tm", "has 6 fields, not 7"),
                Arguments.of(GOOD + "\t", "has 8 fields, not 7"),
                Arguments.of("\tn\t2016-05-01T10:00:00Z\tu\ta\tm\tt", "room_id" + length),
                Arguments.of("r\t \t2016-05-01T10:00:00Z\tu\ta\tm\tt", "room_uri" + length),
                Arguments.of("r\tn\t2016-05-01T10:00:00Z\t\ta\tm\tt", "from_userid" + length),
                Arguments.of("r\tn\t2016-05-01T10:00:00Z\tu\t\"\"\tm\tt", "from_username" + length),
                Arguments.of("r\tn\t2016-05-01T10:00:00Z\tu\ta\t\tt", "message_id" + length),
                Arguments.of("r\tn\t2016-05-01T10:00:00Z\tu\t" + "🎭".repeat(101) + "\tm\tt", "from_username" + length),
                Arguments.of("r\tn\t\tu\ta\tm\tt", time),
                Arguments.of("r\tn\tyesterday\tu\ta\tm\tt", time),
                Arguments.of("r\tn\t2016-05-01 10:00:00\tu\ta\tm\tt", time),
                Arguments.of("r\tn\t2016-05-01T10:00:00\tu\ta\tm\tt", time),
                Arguments.of("r\tn\t2016-02-30T10:00:00Z\tu\ta\tm\tt", time),
                Arguments.of("r\tn\t1462096800\tu\ta\tm\tt", time),
                Arguments.of("r\tn\t1969-12-31T23:59:59.999Z\tu\ta\tm\tt", "sent_at is out of range"),
                Arguments.of("r\tn\t2200-01-01T00:00:00.001Z\tu\ta\tm\tt", "sent_at is out of range"),
                Arguments.of("r\tn\t+999999999-01-01T00:00:00Z\tu\ta\tm\tt", "sent_at is out of range"),
                Arguments.of("r\tn\t2016-05-01T10:00:00Z\tu\ta\tm\tt\u0000", "text" + nul),
                Arguments.of("r\u0000\tn\t2016-05-01T10:00:00Z\tu\ta\tm\tt", "room_id" + nul),
                Arguments.of("r\tn\t2016-05-01T10:00:00Z\tu\t\u0000a\tm\tt", "from_username" + nul),
                Arguments.of("r\tn\t2016-05-01T10:00:00Z\tu\ta\tm\t\"t\"t", "text follows a quoted field"),
                Arguments.of("r\tn\t2016-05-01T10:00:00Z\tu\ta\tm\t\"t", "a quoted field does not end"));
    }

    @ParameterizedTest
    @MethodSource("badRecords")
    void aBadRecordIsRejectedWithItsLineAndReasonAndTheNextIsRead(String record, String reason) throws IOException {
        Batch batch = reader(GOOD + "\n" + record + "\n" + GOOD + "\n").next(10);

        assertThat(batch.rejections()).containsExactly(new Rejection(2, reason));
        assertThat(batch.lines()).extracting(ArchiveLine::number).containsExactly(1L, 3L);
        assertThat(batch.size()).isEqualTo(3);
    }

    @Test
    void timesAtTheBoundsAndWithOffsetsAreTimes() throws IOException {
        String file = Stream.of(
                        "1970-01-01T00:00:00Z",
                        "2200-01-01T00:00:00Z",
                        "2016-05-01T12:00:00+02:00",
                        "2016-05-01T10:00:00.123456Z")
                .map(time -> "r\tn\t" + time + "\tu\ta\tm\tt\n")
                .reduce("", String::concat);

        assertThat(reader(file).next(10).lines())
                .extracting(ArchiveLine::sentAt)
                .containsExactly(
                        Instant.parse("1970-01-01T00:00:00Z"),
                        Instant.parse("2200-01-01T00:00:00Z"),
                        Instant.parse("2016-05-01T10:00:00Z"),
                        Instant.parse("2016-05-01T10:00:00.123456Z"));
    }

    @Test
    void namesOfAHundredCharactersPass() throws IOException {
        String name = "🎭".repeat(100);

        Batch batch =
                reader("r\tn\t2016-05-01T10:00:00Z\tu\t" + name + "\tm\tt\n").next(10);

        assertThat(batch.lines()).extracting(ArchiveLine::username).containsExactly(name);
    }

    @Test
    void batchesHaveTheirSizeGoodAndBadTogetherUntilTheEnd() throws IOException {
        ArchiveReader reader = reader((GOOD + "\nbad\n").repeat(5));

        assertThat(reader.next(4).size()).isEqualTo(4);
        assertThat(reader.next(4).size()).isEqualTo(4);
        Batch last = reader.next(4);
        assertThat(last.lines()).extracting(ArchiveLine::number).containsExactly(9L);
        assertThat(last.rejections()).extracting(Rejection::line).containsExactly(10L);
        assertThat(reader.next(4).size()).isZero();
    }
}
