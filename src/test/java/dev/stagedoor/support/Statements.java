package dev.stagedoor.support;

import static org.awaitility.Awaitility.await;

import io.restassured.response.Response;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.awaitility.core.ConditionTimeoutException;

/** Counts the statements that the server has PostgreSQL run, as its driver counts them. */
public final class Statements {

    private static final Duration QUIET = Duration.ofMillis(100);
    private static final String SERIES = "database_query_duration_seconds_count{";

    private Statements() {}

    /** How many the answer with this status took; nothing else may use the server meanwhile. */
    public static int of(int status, Supplier<Response> request) {
        double before = onceNobodyUsesTheServer();
        request.get().then().statusCode(status);
        return (int) (ofRequests(Metrics.all()) - before);
    }

    /** What the test before began may go on behind its answers, such as what follows the end of a thousand sockets. */
    private static double onceNobodyUsesTheServer() {
        List<String> seen = new ArrayList<>(List.of(Metrics.all()));
        try {
            await().pollDelay(QUIET)
                    .pollInterval(QUIET)
                    .atMost(1, TimeUnit.MINUTES)
                    .until(() -> {
                        seen.add(Metrics.all());
                        return ofRequests(seen.get(seen.size() - 2)) == ofRequests(seen.get(seen.size() - 1));
                    });
        } catch (ConditionTimeoutException e) {
            throw new AssertionError(
                    "Still used, at first and at last: " + counts(seen.get(0)) + counts(seen.get(seen.size() - 1)), e);
        }
        return ofRequests(seen.get(seen.size() - 1));
    }

    private static List<String> counts(String metrics) {
        return metrics.lines().filter(line -> line.startsWith(SERIES)).toList();
    }

    /** The upkeep goes on meanwhile. */
    private static double ofRequests(String metrics) {
        return Metrics.sum(metrics, SERIES) - Metrics.sum(metrics, SERIES + "query_type=\"upkeep\"");
    }
}
