package dev.stagedoor.realtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.embedded.EmbeddedChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FlusherTest {

    private static final long MILLISECOND = 1_000_000;

    /** When something was flushed, in milliseconds. */
    private final List<Long> flushes = new ArrayList<>();

    private final EmbeddedChannel channel = new EmbeddedChannel();
    private long now = Long.MAX_VALUE - 1000 * MILLISECOND;
    private final long begin = now;
    private final Flusher flusher =
            new Flusher(channel.eventLoop(), () -> now, () -> flushes.add((now - begin) / MILLISECOND));

    FlusherTest() {
        channel.freezeTime();
    }

    @AfterEach
    void close() {
        assertThat(channel.finish()).isFalse();
    }

    private void pass(int millis) {
        for (int i = 0; i < millis; i++) {
            now += MILLISECOND;
            channel.advanceTimeBy(1, TimeUnit.MILLISECONDS);
            channel.runScheduledPendingTasks();
            channel.runPendingTasks();
        }
    }

    @Test
    void whatComesInOneTurnOfTheEventLoopGoesTogether() {
        for (int i = 0; i < 100; i++) {
            flusher.written(10);
        }
        assertThat(flushes).isEmpty();

        channel.runPendingTasks();
        assertThat(flushes).containsExactly(0L);
    }

    @Test
    void whatComesSlowlyNeverWaits() {
        for (int i = 0; i < 400; i++) {
            flusher.written(10);
            channel.runPendingTasks();
            assertThat(flushes).hasSize(i + 1);
            pass(5);
        }
    }

    @Test
    void theFirstFewOfABurstDoNotWait() {
        burst(20);

        assertThat(flushes).hasSize(10);
    }

    private void burst(int messages) {
        for (int i = 0; i < messages; i++) {
            flusher.written(10);
            channel.runPendingTasks();
        }
    }

    @Test
    void inABurstThereIsOneIn50Milliseconds() {
        for (int i = 0; i < 3_000; i++) {
            flusher.written(10);
            channel.runPendingTasks();
            pass(1);
        }

        List<Long> ofTheBurst = flushes.subList(10, flushes.size());
        assertThat(ofTheBurst).hasSizeBetween(58, 60);
        for (int i = 1; i < ofTheBurst.size(); i++) {
            assertThat(ofTheBurst.get(i) - ofTheBurst.get(i - 1)).isGreaterThanOrEqualTo(50);
        }
    }

    @Test
    void afterABurstNothingWaits() {
        burst(100);
        pass(200);
        int before = flushes.size();

        flusher.written(10);
        channel.runPendingTasks();
        assertThat(flushes).hasSize(before + 1);
    }

    @Test
    void nothingIsLeftBehind() {
        burst(100);
        int before = flushes.size();

        pass(50);
        assertThat(flushes).hasSize(before + 1);
        pass(500);
        assertThat(flushes).hasSize(before + 1);
    }

    @Test
    void whatComesAfterMuchWaitsAsLong() {
        burst(20);
        pass(45);
        flusher.written(Flusher.AT_ONCE);
        int before = flushes.size();

        flusher.written(10);
        pass(49);
        assertThat(flushes).hasSize(before);
        pass(1);
        assertThat(flushes).hasSize(before + 1);
    }

    @Test
    void muchDoesNotWait() {
        burst(20);
        int before = flushes.size();

        flusher.written(Flusher.AT_ONCE);
        assertThat(flushes).hasSize(before + 1);
    }
}
