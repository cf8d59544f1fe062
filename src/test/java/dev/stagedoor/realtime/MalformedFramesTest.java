package dev.stagedoor.realtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.stagedoor.support.Concurrently;
import dev.stagedoor.support.Database;
import dev.stagedoor.support.Metrics;
import dev.stagedoor.support.RawHttp;
import dev.stagedoor.support.StagedoorTest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Whatever clients send, the service refuses it, keeps serving, forgets the client, and logs no error.
 *
 * <p>The same frames in every run; {@code -Dfuzz.seed=…} tries others, {@code -Dfuzz.frames=1000000} more of them.
 */
@StagedoorTest
class MalformedFramesTest {

    private static final long SEED = Long.getLong("fuzz.seed", 20_260_101);
    private static final int FRAMES = Integer.getInteger("fuzz.frames", 30_000);
    private static final int FRAMES_PER_REQUEST = 50;
    private static final int FRAMES_PER_CONNECTION = 1_000;
    private static final int CONNECTIONS_AT_ONCE = 4;
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** How connections ended, and how often. */
    private final Map<Integer, Integer> codes = new ConcurrentSkipListMap<>();

    private final ConcurrentLinkedQueue<String> errors = new ConcurrentLinkedQueue<>();
    private final Handler handler = new ErrorCollector();

    /** Finds nothing where the program is another process. */
    private final class ErrorCollector extends Handler {

        @Override
        public void publish(LogRecord logged) {
            if (logged.getLevel().intValue() >= Level.SEVERE.intValue()) {
                errors.add(logged.getLoggerName() + ": " + logged.getMessage() + " " + logged.getThrown());
            }
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }

    @BeforeEach
    void collectErrors() {
        Logger.getLogger("").addHandler(handler);
    }

    @AfterEach
    void collectNoMore() {
        Logger.getLogger("").removeHandler(handler);
    }

    /** What the service holds for its clients. */
    private record Held(double connections, double topics, List<String> present) {

        static Held now() {
            return new Held(
                    Metrics.sum("websocket_connections_active"),
                    Metrics.sum("realtime_topics_active"),
                    Database.query("SELECT topic || ' ' || user_id FROM presence ORDER BY 1"));
        }
    }

    @Test
    void everythingMalformedIsRefusedAndForgotten() {
        Held before = Held.now();
        AtomicInteger left = new AtomicInteger(FRAMES);

        inParallel(left, random -> {
            int sent = 0;
            try (FuzzedClient client = new FuzzedClient(random)) {
                client.join();
                int code = 0;
                while (code == 0 && sent < FRAMES_PER_CONNECTION) {
                    code = client.sendMalformed();
                    sent += FuzzedClient.AT_ONCE;
                }
                count(code == 0 ? client.end() : code);
            }
            return sent;
        });

        System.out.printf("Seed %d: %,d frames; connections ended with %s%n", SEED, FRAMES - left.get(), codes);
        // Of WebSocket: not by the protocol, not UTF-8, too big, or cut off without a word; and of Pusher: not signed.
        assertThat(codes.keySet()).isSubsetOf(1002, 1006, 1007, 1009, 4009);
        assertServesAtOnce();
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(Held.now()).isEqualTo(before));
        assertThat(errors).isEmpty();
    }

    @Test
    void malformedRequestsAreNeverAFaultOfTheServer() {
        Held before = Held.now();
        AtomicInteger left = new AtomicInteger(FRAMES / FRAMES_PER_REQUEST);

        inParallel(left, random -> {
            byte[] request = new MalformedRequests(random).next();
            RawHttp.Answer answer = RawHttp.send(request);
            assertThat(answer.status())
                    .as("%s to %s", answer, new String(request, StandardCharsets.UTF_8))
                    .isLessThan(500);
            count(answer.status());
            return 1;
        });

        System.out.printf("Seed %d: requests were answered with %s%n", SEED, codes);
        assertServesAtOnce();
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(Held.now()).isEqualTo(before));
        assertThat(errors).isEmpty();
    }

    private void count(int code) {
        codes.merge(code, 1, Integer::sum);
    }

    private interface Try {

        /** Returns how much was sent. */
        int run(Random random) throws IOException;
    }

    private static void inParallel(AtomicInteger left, Try each) {
        Random seeds = new Random(SEED);
        List<Integer> unused = Concurrently.times(CONNECTIONS_AT_ONCE, () -> {
            while (left.get() > 0) {
                left.addAndGet(-each.run(new Random(seeds.nextLong())));
            }
            return 0;
        });
    }

    /** A good client is served as if nothing had been. */
    private static void assertServesAtOnce() {
        try (FuzzedClient good = new FuzzedClient(new Random(SEED))) {
            good.join();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
