package dev.stagedoor.cache.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What the interleavings of whole steps cannot show: that each step bears others at the same time. */
class ThreadsTest {

    private static final int THREADS = 8;
    private static final int OPERATIONS = 25_000;

    private final Solo solo = new Solo();
    private final AtomicInteger database = new AtomicInteger();
    private final AtomicInteger acknowledged = new AtomicInteger();
    private final AtomicInteger stale = new AtomicInteger();

    @Test
    void noThreadReadsWhatWasOverwrittenBeforeItBegan() throws ExecutionException, InterruptedException {
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        List<Future<?>> running = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            running.add(threads.submit(this::work));
        }
        for (Future<?> thread : running) {
            thread.get();
        }
        threads.shutdown();

        assertThat(stale).hasValue(0);
        assertThat(solo.loads).hasValueLessThan(THREADS * OPERATIONS / 2).hasValueGreaterThan(database.get() / 10);
    }

    private void work() {
        for (int i = 0; i < OPERATIONS; i++) {
            if (ThreadLocalRandom.current().nextInt(10) == 0) {
                write();
            } else {
                read();
            }
        }
    }

    private void write() {
        int version = database.incrementAndGet();
        solo.core.invalidate(Tags.of("a")).toCompletableFuture().join();
        acknowledged.accumulateAndGet(version, Math::max);
    }

    private void read() {
        int promised = acknowledged.get();
        String value = solo.read("a", () -> CompletableFuture.supplyAsync(database::toString))
                .join()
                .value();
        if (Integer.parseInt(value) < promised) {
            stale.incrementAndGet();
        }
    }
}
