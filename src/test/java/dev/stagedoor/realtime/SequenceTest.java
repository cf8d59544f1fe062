package dev.stagedoor.realtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class SequenceTest {

    private static final long EPOCH = 7;

    private final Sequence sequence = new Sequence();

    private static Publication at(long epoch, long offset) {
        return new Publication("t", new Position(epoch, offset), "n", "{}", null, List.of());
    }

    private static List<Long> offsets(List<Publication> publications) {
        return publications.stream()
                .map(publication -> publication.position().offset())
                .toList();
    }

    @Property(tries = 2_000)
    void howeverOftenAndInWhateverOrderTheyComeEachGoesOnOnceAndInOrder(
            @ForAll @IntRange(min = 1, max = 60) int count,
            @ForAll @IntRange(min = 1, max = 4) int copies,
            @ForAll long seed) {
        Sequence mixed = new Sequence();
        List<Publication> arriving = new ArrayList<>();
        for (int copy = 0; copy < copies; copy++) {
            LongStream.rangeClosed(1, count).forEach(offset -> arriving.add(at(EPOCH, offset)));
        }
        Collections.shuffle(arriving, new Random(seed));
        int known = new Random(seed).nextInt(arriving.size() + 1);
        List<Publication> gone = new ArrayList<>();

        arriving.subList(0, known).forEach(each -> gone.addAll(mixed.accept(each)));
        gone.addAll(mixed.begin(Position.START));
        arriving.subList(known, arriving.size()).forEach(each -> gone.addAll(mixed.accept(each)));

        assertThat(offsets(gone))
                .isEqualTo(LongStream.rangeClosed(1, count).boxed().toList());
        assertThat(mixed.hasGap()).isFalse();
    }

    @Test
    void nothingGoesOnBeforeItIsKnownWhereTheTopicIs() {
        assertThat(sequence.accept(at(EPOCH, 4))).isEmpty();
        assertThat(sequence.accept(at(EPOCH, 5))).isEmpty();
        assertThat(sequence.hasGap()).isFalse();

        assertThat(offsets(sequence.begin(new Position(EPOCH, 4)))).containsExactly(5L);
        assertThat(sequence.last()).isEqualTo(new Position(EPOCH, 5));
    }

    @Test
    void whatComesTooEarlyWaitsForWhatIsMissing() {
        assertThat(sequence.begin(new Position(EPOCH, 1))).isEmpty();

        assertThat(sequence.accept(at(EPOCH, 3))).isEmpty();
        assertThat(sequence.hasGap()).isTrue();
        assertThat(offsets(sequence.accept(at(EPOCH, 2)))).containsExactly(2L, 3L);
        assertThat(sequence.hasGap()).isFalse();
    }

    @Test
    void aTopicThatBeginsAnewGoesOnFromItsFirst() {
        assertThat(sequence.begin(new Position(EPOCH, 9))).isEmpty();

        assertThat(sequence.accept(at(EPOCH + 1, 2))).isEmpty();
        assertThat(offsets(sequence.accept(at(EPOCH + 1, 1)))).containsExactly(1L, 2L);
        assertThat(sequence.accept(at(EPOCH, 10))).isEmpty();
        assertThat(sequence.hasGap()).isFalse();
    }

    @Test
    void whatIsLostForGoodIsSkipped() {
        assertThat(sequence.begin(new Position(EPOCH, 1))).isEmpty();
        assertThat(sequence.accept(at(EPOCH, 5))).isEmpty();

        assertThat(offsets(sequence.skip(new Position(EPOCH, 5)))).containsExactly(5L);
        assertThat(sequence.last()).isEqualTo(new Position(EPOCH, 5));
    }

    @Test
    void whatIsNewerThanTheLastIsKnownToBeMissing() {
        assertThat(sequence.begin(new Position(EPOCH, 3))).isEmpty();

        assertThat(sequence.isBehind(new Position(EPOCH, 3))).isFalse();
        assertThat(sequence.isBehind(new Position(EPOCH, 4))).isTrue();
        assertThat(sequence.isBehind(new Position(EPOCH + 1, 1))).isTrue();
        assertThat(sequence.isBehind(new Position(EPOCH - 1, 99))).isFalse();
    }

    @Test
    void whatWaitsIsBounded() {
        assertThat(sequence.begin(new Position(EPOCH, 0))).isEmpty();
        LongStream.rangeClosed(2, Sequence.MAX_AHEAD + 100L)
                .forEach(
                        offset -> assertThat(sequence.accept(at(EPOCH, offset))).isEmpty());

        assertThat(sequence.accept(at(EPOCH, 1))).hasSize(Sequence.MAX_AHEAD);
    }
}
