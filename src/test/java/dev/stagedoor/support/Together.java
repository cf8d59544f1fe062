package dev.stagedoor.support;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;

/** Does things at the same time. */
public final class Together {

    private Together() {}

    /** Runs the task this many times, all beginning at one moment; answers what each gave, by its index. */
    public static <T> List<T> run(int times, IntFunction<T> task) {
        CyclicBarrier start = new CyclicBarrier(times);
        ExecutorService threads = Executors.newFixedThreadPool(times);
        try {
            List<Callable<T>> calls = new ArrayList<>();
            for (int i = 0; i < times; i++) {
                int index = i;
                calls.add(() -> startingWith(start, index, task));
            }
            return results(threads.invokeAll(calls));
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        } finally {
            threads.shutdownNow();
        }
    }

    private static <T> T startingWith(CyclicBarrier start, int index, IntFunction<T> task)
            throws InterruptedException, BrokenBarrierException {
        start.await();
        return task.apply(index);
    }

    private static <T> List<T> results(List<Future<T>> futures) throws InterruptedException {
        List<T> results = new ArrayList<>();
        for (Future<T> future : futures) {
            try {
                results.add(future.get());
            } catch (ExecutionException e) {
                throw new AssertionError("One of " + futures.size() + " failed: " + e.getCause(), e.getCause());
            }
        }
        return results;
    }
}
