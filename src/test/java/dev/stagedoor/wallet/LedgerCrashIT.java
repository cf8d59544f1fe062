package dev.stagedoor.wallet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.stagedoor.support.Crashes;
import dev.stagedoor.support.Nodes;
import dev.stagedoor.support.Program;
import dev.stagedoor.support.Remote;
import dev.stagedoor.support.Tokens;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Tokens that are acknowledged to have moved have moved once, whoever dies meanwhile, and none are made or lost. */
@Tag("executable")
class LedgerCrashIT {

    private static final int CRASHES = 8;
    private static final int PAYERS = 6;
    private static final long TOKENS = 1_000_000;
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    @Test
    void everyMovementIsDoneOnceAndTheBooksBalance() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(PAYERS);
        List<Payer> payers = new ArrayList<>();
        Remote.Person creator;
        try (Nodes nodes = new Nodes(List.of(Program.environment(), Program.environment()))) {
            creator = new Remote(nodes.url(0)).signUp();
            Tokens.becomeCreator(creator.id());
            for (int i = 0; i < PAYERS; i++) {
                Remote.Person person = new Remote(nodes.url(0)).signUp();
                Tokens.issue(person.id(), TOKENS);
                payers.add(new Payer(nodes.url(i % 2), person, creator));
            }
            List<Future<?>> running = new ArrayList<>();
            payers.forEach(payer -> running.add(threads.submit(payer)));

            for (int crash = 0; crash < CRASHES; crash++) {
                awaitProgress(payers);
                if (crash % 2 == 0) {
                    nodes.kill(crash / 2 % 2);
                } else {
                    Crashes.killPostgresProcess();
                }
                nodes.startMissing();
            }
            awaitProgress(payers);
            payers.forEach(Payer::stop);
            for (Future<?> each : running) {
                assertThat(each.get(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isNull();
            }
        } finally {
            threads.shutdownNow();
        }

        payers.forEach(payer -> assertThat(Tokens.stored(payer.person().id(), "user"))
                .as("what a payer has left")
                .isEqualTo(TOKENS - payer.paid()));
        assertThat(Tokens.stored(creator.id(), "user"))
                .isEqualTo(payers.stream().mapToLong(Payer::paid).sum());
        assertThat(Tokens.wrongs()).isEmpty();
    }

    private static void awaitProgress(List<Payer> payers) {
        List<Long> before = payers.stream().map(Payer::paid).toList();
        await().atMost(PATIENCE).until(() -> {
            for (int i = 0; i < before.size(); i++) {
                if (payers.get(i).paid() < before.get(i) + 50) {
                    return false;
                }
            }
            return true;
        });
    }
}
