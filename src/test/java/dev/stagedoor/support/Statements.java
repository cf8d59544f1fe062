package dev.stagedoor.support;

import static org.awaitility.Awaitility.await;

import io.restassured.response.Response;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/** Counts the statements that the server has PostgreSQL run, as its driver counts them. */
public final class Statements {

    private static final Duration QUIET = Duration.ofMillis(100);
    private static final String SERIES = "database_query_duration_seconds_count{";

    private Statements() {}

    /** How many the answer with this status took; nothing else may use the server meanwhile. */
    public static int of(int status, Supplier<Response> request) {
        double before = onceNobodyUsesTheServer();
        request.get().then().statusCode(status);
        return (int) (ofRequests() - before);
    }

    /** What the test before began may go on behind its answers, such as what follows the end of a thousand sockets. */
    private static double onceNobodyUsesTheServer() {
        AtomicReference<Double> last = new AtomicReference<>(ofRequests());
        await().pollDelay(QUIET)
                .pollInterval(QUIET)
                .atMost(1, TimeUnit.MINUTES)
                .until(() -> last.get().equals(last.updateAndGet(before -> ofRequests())));
        return last.get();
    }

    /** The upkeep goes on meanwhile. */
    private static double ofRequests() {
        String metrics = Metrics.all();
        return Metrics.sum(metrics, SERIES) - Metrics.sum(metrics, SERIES + "query_type=\"upkeep\"");
    }
}
