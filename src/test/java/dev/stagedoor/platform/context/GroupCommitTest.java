package dev.stagedoor.platform.context;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.stagedoor.platform.context.GroupCommit.Part;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.helpers.test.UniAssertSubscriber;
import io.smallrye.mutiny.subscription.UniEmitter;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.RejectedExecutionException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class GroupCommitTest {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Vertx vertx = Vertx.vertx();
    private final List<List<Integer>> groups = new CopyOnWriteArrayList<>();
    private final List<UniEmitter<? super List<String>>> underWay = new CopyOnWriteArrayList<>();

    @AfterEach
    void close() {
        assertThat(vertx.close().toCompletionStage()).succeedsWithin(PATIENCE);
    }

    private GroupCommit<Integer, String> commits(int together, int waiting) {
        return new GroupCommit<>(
                vertx, new GroupCommit.Limits(2, together, waiting), OutOfMemory.class::isInstance, group -> {
                    groups.add(group);
                    return Uni.createFrom().emitter(underWay::add);
                });
    }

    /** Of everybody's. */
    private static final class OutOfMemory extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    private void finish(int group) {
        underWay.get(group)
                .complete(groups.get(group).stream().map(String::valueOf).toList());
    }

    private static UniAssertSubscriber<String> submit(GroupCommit<Integer, String> commits, int work) {
        return submit(commits, 0, work);
    }

    private static UniAssertSubscriber<String> submit(GroupCommit<Integer, String> commits, int lane, int work) {
        return commits.submit(List.of(new Part<>(lane, work, 1)))
                .map(results -> results.get(0))
                .subscribe()
                .withSubscriber(UniAssertSubscriber.create());
    }

    @Test
    void whatComesWhileOthersAreWrittenGoesTogetherAndEachGetsItsOwn() {
        GroupCommit<Integer, String> commits = commits(4, 100);
        UniAssertSubscriber<String> first = submit(commits, 0);
        await().until(() -> groups.size() == 1);
        List<UniAssertSubscriber<String>> others =
                IntStream.range(1, 7).mapToObj(i -> submit(commits, i)).toList();

        for (int group = 0; group < 3; group++) {
            int last = group;
            await().until(() -> underWay.size() > last);
            finish(group);
        }

        assertThat(first.awaitItem().getItem()).isEqualTo("0");
        assertThat(others)
                .extracting(subscriber -> subscriber.awaitItem().getItem())
                .containsExactly("1", "2", "3", "4", "5", "6");
        assertThat(groups).containsExactly(List.of(0), List.of(1, 2, 3, 4), List.of(5, 6));
    }

    @Test
    void whatGoesInAnotherLaneDoesNotWait() {
        GroupCommit<Integer, String> commits = commits(4, 100);
        UniAssertSubscriber<String> slow = submit(commits, 0, 0);
        await().until(() -> groups.size() == 1);
        UniAssertSubscriber<String> next = submit(commits, 0, 1);
        UniAssertSubscriber<String> other = submit(commits, 1, 2);
        await().until(() -> groups.size() == 2);

        finish(1);

        assertThat(other.awaitItem().getItem()).isEqualTo("2");
        slow.assertNotTerminated();
        next.assertNotTerminated();
    }

    @Test
    void partsOfOneCallerGoToTheirLanesAndComeBackInOrder() {
        GroupCommit<Integer, String> commits = commits(4, 100);
        UniAssertSubscriber<List<String>> both = commits.submit(List.of(new Part<>(1, 11, 1), new Part<>(0, 10, 1)))
                .subscribe()
                .withSubscriber(UniAssertSubscriber.create());
        await().until(() -> underWay.size() == 2);

        finish(1);
        both.assertNotTerminated();
        finish(0);

        assertThat(both.awaitItem().getItem()).containsExactly("11", "10");
    }

    @Test
    void whereNotAllPartsFitNoneIsWritten() {
        GroupCommit<Integer, String> commits = commits(4, 3);

        commits.submit(List.of(new Part<>(0, 10, 2), new Part<>(1, 11, 2)))
                .subscribe()
                .withSubscriber(UniAssertSubscriber.create())
                .awaitFailure()
                .assertFailedWith(RejectedExecutionException.class);
        UniAssertSubscriber<String> next = submit(commits, 0);
        await().until(() -> underWay.size() == 1);
        finish(0);

        assertThat(next.awaitItem().getItem()).isEqualTo("0");
        assertThat(groups).containsExactly(List.of(0));
    }

    @Test
    void aFailureIsThatOfAllTogetherAndOfNobodyElse() {
        GroupCommit<Integer, String> commits = commits(10, 100);
        UniAssertSubscriber<String> unlucky = submit(commits, 0);
        await().until(() -> groups.size() == 1);
        underWay.get(0).fail(new IllegalStateException("on purpose"));
        unlucky.awaitFailure().assertFailedWith(IllegalStateException.class, "on purpose");

        UniAssertSubscriber<String> next = submit(commits, 1);
        await().until(() -> groups.size() == 2);
        finish(1);

        assertThat(next.awaitItem().getItem()).isEqualTo("1");
    }

    @Test
    void whoIsWrittenWithSomeoneElsesFaultIsWrittenAgainAlone() {
        GroupCommit<Integer, String> commits = commits(10, 100);
        List<UniAssertSubscriber<String>> callers =
                IntStream.range(0, 3).mapToObj(i -> submit(commits, i)).toList();
        await().until(() -> groups.stream().mapToInt(List::size).sum() == 3);
        int begun = groups.size();
        int together = IntStream.range(0, begun)
                .filter(i -> groups.get(i).size() > 1)
                .findFirst()
                .orElseThrow();

        underWay.get(together).fail(new IllegalStateException("one of them"));
        IntStream.range(0, begun).filter(i -> i != together).forEach(this::finish);
        for (int i = 0; i < groups.get(together).size(); i++) {
            int alone = begun + i;
            await().until(() -> underWay.size() > alone);
            if (i == 0) {
                underWay.get(alone).fail(new IllegalStateException("it was this one"));
            } else {
                finish(alone);
            }
        }

        int guilty = groups.get(together).get(0);
        for (int i = 0; i < callers.size(); i++) {
            if (i == guilty) {
                callers.get(i).awaitFailure().assertFailedWith(IllegalStateException.class, "it was this one");
            } else {
                assertThat(callers.get(i).awaitItem().getItem()).isEqualTo(String.valueOf(i));
            }
        }
    }

    @Test
    void whereEverybodyFailsNobodyIsTriedAgain() {
        GroupCommit<Integer, String> commits = commits(10, 100);
        List<UniAssertSubscriber<String>> callers =
                IntStream.range(0, 3).mapToObj(i -> submit(commits, i)).toList();
        await().until(() -> groups.stream().mapToInt(List::size).sum() == 3);
        int begun = groups.size();

        IntStream.range(0, begun).forEach(i -> underWay.get(i).fail(new OutOfMemory()));

        callers.forEach(caller -> caller.awaitFailure().assertFailedWith(OutOfMemory.class));
        assertThat(groups).hasSize(begun);
    }

    @Test
    void moreThanMayWaitIsRefusedUntilThereIsRoom() {
        GroupCommit<Integer, String> commits = commits(1, 2);
        UniAssertSubscriber<String> first = submit(commits, 0);
        await().until(() -> groups.size() == 1);
        UniAssertSubscriber<String> second = submit(commits, 1);
        UniAssertSubscriber<String> third = submit(commits, 2);

        submit(commits, 3).awaitFailure().assertFailedWith(RejectedExecutionException.class);
        submit(commits, 1, 3).awaitFailure().assertFailedWith(RejectedExecutionException.class);

        for (int group = 0; group < 3; group++) {
            int last = group;
            await().until(() -> underWay.size() > last);
            finish(group);
        }
        assertThat(List.of(first, second, third))
                .extracting(subscriber -> subscriber.awaitItem().getItem())
                .containsExactly("0", "1", "2");
    }
}
