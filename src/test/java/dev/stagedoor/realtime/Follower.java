package dev.stagedoor.realtime;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/** A client that comes again whenever its connection ends, and asks for what came after the last that it got. */
abstract class Follower implements AutoCloseable {

    private static final long PAUSE_MILLIS = 100;

    private final List<Integer> numbers = new ArrayList<>();
    private final List<String> complaints = new ArrayList<>();
    private volatile boolean isStopped;

    /** Connects once; completes when the connection has ended, or could not be made. */
    abstract CompletableFuture<?> connect();

    final void follow() {
        if (!isStopped) {
            CompletableFuture<?> unused =
                    connect().handle((ended, failure) -> null).thenRunAsync(this::follow, later());
        }
    }

    private static Executor later() {
        return CompletableFuture.delayedExecutor(PAUSE_MILLIS, TimeUnit.MILLISECONDS);
    }

    final synchronized void got(int number) {
        numbers.add(number);
    }

    final synchronized void complain(String complaint) {
        complaints.add(complaint);
    }

    /** All that it was given, in order. */
    final synchronized List<Integer> numbers() {
        return List.copyOf(numbers);
    }

    /** Where what it was given differs from what was said; empty where it does not. */
    final Optional<String> difference(List<Integer> said) {
        List<Integer> given = numbers();
        return IntStream.range(0, Math.max(said.size(), given.size()))
                .filter(i ->
                        i >= said.size() || i >= given.size() || !said.get(i).equals(given.get(i)))
                .mapToObj(i -> getClass().getSimpleName() + " was given "
                        + given.subList(Math.max(0, i - 5), Math.min(given.size(), i + 10)))
                .findFirst();
    }

    /** What was wrong; empty where nothing was. */
    final synchronized List<String> complaints() {
        return List.copyOf(complaints);
    }

    final void stop() {
        isStopped = true;
    }

    @Override
    public abstract void close();

    /** Knows where it is before anything is published. */
    abstract boolean isReady();
}
