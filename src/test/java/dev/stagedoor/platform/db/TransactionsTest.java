package dev.stagedoor.platform.db;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stagedoor.support.StagedoorTest;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

@StagedoorTest
class TransactionsTest {

    private static final String LOCK = "SELECT pg_advisory_xact_lock($1)";

    @Inject
    Transactions transactions;

    private final AtomicInteger runs = new AtomicInteger();
    private final CountDownLatch bothHaveOne = new CountDownLatch(2);

    /** The second lock is asked for once both have their first. */
    private Uni<Integer> inOrder(long first, long second) {
        return transactions.run(transaction -> {
            int run = runs.incrementAndGet();
            return transaction
                    .execute(LOCK, Tuple.of(first))
                    .invoke(bothHaveOne::countDown)
                    .chain(() -> Uni.createFrom().item(run).onItem().delayIt().until(each -> bothHaveThem()))
                    .chain(() -> transaction.execute(LOCK, Tuple.of(second)))
                    .replaceWith(run);
        });
    }

    private Uni<Void> bothHaveThem() {
        return bothHaveOne.getCount() == 0
                ? Uni.createFrom().voidItem()
                : Uni.createFrom()
                        .voidItem()
                        .onItem()
                        .delayIt()
                        .by(Duration.ofMillis(1))
                        .chain(this::bothHaveThem);
    }

    @Test
    void ofTwoThatWaitForEachOtherOneIsDoneAgain() {
        List<Integer> done = Uni.join()
                .all(inOrder(-71, -72), inOrder(-72, -71))
                .andFailFast()
                .await()
                .atMost(Duration.ofSeconds(30));

        assertThat(done).hasSize(2);
        assertThat(runs).hasValue(3);
    }
}
