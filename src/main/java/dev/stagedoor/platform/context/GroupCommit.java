package dev.stagedoor.platform.context;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import io.vertx.core.Vertx;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Makes one transaction of what several callers want to write at the same time: while another is under way, or for a moment,
 * it waits, and then goes together. What must not be written at the same time goes in one lane; lanes do not wait for each
 * other.
 *
 * @param <T> what a caller writes
 * @param <R> what it gets for it
 */
public final class GroupCommit<T, R> {

    /** How long the first of a group waits for others, in milliseconds. */
    private static final long GATHERING = 2;

    private final Vertx vertx;
    private final Limits limits;
    private final Predicate<Throwable> isOfAll;
    private final Function<List<T>, Uni<List<R>>> write;
    private final List<Lane<T, R>> lanes;
    private int waitingRows;

    /**
     * How much there may be.
     *
     * @param lanes transactions at once
     * @param together rows in one transaction, unless one caller has more
     * @param waiting rows, of all lanes, for a transaction; beyond, callers are refused
     */
    public record Limits(int lanes, int together, int waiting) {}

    private record Waiting<T, R>(T work, int rows, UniEmitter<? super R> emitter) {}

    private static final class Lane<T, R> {
        private final Deque<Waiting<T, R>> waiting = new ArrayDeque<>();
        private boolean isBusy;
    }

    /**
     * Nothing waits.
     *
     * @param isOfAll whether a failure is nobody's in particular; else each of a group is written again, alone
     * @param write writes all in one transaction, and emits what each caller gets, in their order
     */
    public GroupCommit(
            Vertx vertx, Limits limits, Predicate<Throwable> isOfAll, Function<List<T>, Uni<List<R>>> write) {
        this.vertx = vertx;
        this.limits = limits;
        this.isOfAll = isOfAll;
        this.write = write;
        this.lanes = Stream.generate(Lane<T, R>::new).limit(limits.lanes()).toList();
    }

    /**
     * What a caller writes, by its lanes.
     *
     * @param rows how much it is, as of {@link Limits}
     */
    public record Part<T>(int lane, T work, int rows) {}

    /**
     * Emits what each part gets, in their order, on the caller's context, once all are committed. Fails with a {@link
     * RejectedExecutionException} where too much waits, and nothing is written; with any other failure, some parts may be.
     */
    public Uni<List<R>> submit(List<Part<T>> parts) {
        int rows = parts.stream().mapToInt(Part::rows).sum();
        return EventLoops.backToCaller(Uni.createFrom().deferred(() -> reserve(rows) ? writeAll(parts) : rejected()));
    }

    private synchronized boolean reserve(int rows) {
        boolean fits = waitingRows + rows <= limits.waiting();
        waitingRows += fits ? rows : 0;
        return fits;
    }

    private static <R> Uni<List<R>> rejected() {
        return Uni.createFrom().failure(new RejectedExecutionException("Too much waits to be written"));
    }

    private Uni<List<R>> writeAll(List<Part<T>> parts) {
        List<Uni<R>> written = parts.stream().map(this::write).toList();
        return written.isEmpty()
                ? Uni.createFrom().item(List.of())
                : Uni.join().all(written).andFailFast();
    }

    private Uni<R> write(Part<T> part) {
        return Uni.createFrom()
                .emitter(emitter -> enqueue(lanes.get(part.lane()), new Waiting<>(part.work(), part.rows(), emitter)));
    }

    private void enqueue(Lane<T, R> lane, Waiting<T, R> newest) {
        boolean begins;
        synchronized (this) {
            lane.waiting.add(newest);
            begins = !lane.isBusy;
            lane.isBusy = true;
        }
        if (begins) {
            vertx.setTimer(GATHERING, timer -> writeNext(lane));
        }
    }

    private void writeNext(Lane<T, R> lane) {
        List<Waiting<T, R>> group = takeGroup(lane);
        if (!group.isEmpty()) {
            write(group).subscribe().with(done -> writeNext(lane));
        }
    }

    /** Never fails: that is told to who waits. */
    private Uni<Void> write(List<Waiting<T, R>> group) {
        return EventLoops.onOwnContext(
                        vertx,
                        () -> write.apply(group.stream().map(Waiting::work).toList()))
                .invoke(results -> complete(group, results))
                .replaceWithVoid()
                .onFailure()
                .recoverWithUni(failure -> failed(group, failure));
    }

    private Uni<Void> failed(List<Waiting<T, R>> group, Throwable failure) {
        if (group.size() > 1 && !isOfAll.test(failure)) {
            return Multi.createFrom()
                    .iterable(group)
                    .onItem()
                    .transformToUniAndConcatenate(each -> write(List.of(each)))
                    .onItem()
                    .ignoreAsUni();
        }
        group.forEach(each -> each.emitter().fail(failure));
        return Uni.createFrom().voidItem();
    }

    private synchronized List<Waiting<T, R>> takeGroup(Lane<T, R> lane) {
        List<Waiting<T, R>> group = new ArrayList<>();
        int rows = 0;
        while (!lane.waiting.isEmpty()
                && (group.isEmpty() || rows + lane.waiting.peek().rows() <= limits.together())) {
            rows += lane.waiting.peek().rows();
            group.add(lane.waiting.remove());
        }
        waitingRows -= rows;
        lane.isBusy = !group.isEmpty();
        return group;
    }

    private static <T, R> void complete(List<Waiting<T, R>> group, List<R> results) {
        for (int i = 0; i < group.size(); i++) {
            group.get(i).emitter().complete(results.get(i));
        }
    }
}
