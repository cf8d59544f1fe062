package dev.stagedoor.creator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.stagedoor.platform.db.Transactions;
import dev.stagedoor.support.Database;
import dev.stagedoor.support.StagedoorTest;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

@StagedoorTest
class CreatorStoreTest {

    private static final Duration SOON = Duration.ofSeconds(10);

    private static final Schedule HOURS = new Schedule(
            ZoneId.of("America/Havana"),
            List.of(
                    new WeeklyHours(DayOfWeek.MONDAY, new Hours(540, 600)),
                    new WeeklyHours(DayOfWeek.SUNDAY, new Hours(0, Hours.DAY))),
            List.of(
                    new DateHours(LocalDate.parse("2026-12-24"), List.of(new Hours(0, 60), new Hours(90, 120))),
                    new DateHours(LocalDate.parse("2026-12-25"), List.of())));

    @Inject
    CreatorStore store;

    @Inject
    Transactions transactions;

    private static Profile profile() {
        return new Profile("Sing", "", List.of(), List.of(), 700, null, 45, HOURS);
    }

    private Uni<BookableCreator> lock(UUID id) {
        return transactions.run(transaction -> store.lock(transaction, id));
    }

    @Test
    void whoIsNoCreatorIsNotLocked() {
        assertThat(lock(UUID.randomUUID()).await().atMost(SOON)).isNull();
    }

    /** A booking must not go by hours that were replaced while it waited. */
    @Test
    void whoWaitedForTheLockSeesTheHoursAsTheyAreThen() {
        UUID id = UUID.fromString(Creators.create(Map.of()).id());
        CompletableFuture<Void> commit = new CompletableFuture<>();
        CompletableFuture<Void> change = transactions
                .run(transaction -> store.put(transaction, id, profile(), Instant.now())
                        .chain(() -> Uni.createFrom().completionStage(commit)))
                .subscribeAsCompletionStage();
        await().until(() -> isLocked(id));

        CompletableFuture<BookableCreator> booking = lock(id).subscribeAsCompletionStage();
        await().until(() -> !Database.query("""
                        SELECT pid FROM pg_stat_activity
                        WHERE wait_event_type = 'Lock' AND query LIKE 'SELECT id FROM creator WHERE id%'
                        """).isEmpty());
        assertThat(commit.complete(null)).isTrue();

        assertThat(booking).succeedsWithin(SOON).isEqualTo(new BookableCreator(id, 700, 45, HOURS));
        assertThat(change).succeedsWithin(SOON);
    }

    private static boolean isLocked(UUID id) {
        return Database.query("SELECT id FROM creator WHERE id = '" + id + "' FOR UPDATE SKIP LOCKED")
                .isEmpty();
    }
}
