package dev.stagedoor.support;

import io.restassured.response.Response;
import java.util.function.Supplier;

/** Counts the statements that the server has PostgreSQL run, as its driver counts them. */
public final class Statements {

    private static final String SERIES = "database_query_duration_seconds_count{";

    private Statements() {}

    /** How many the answer with this status took; nothing else may use the server meanwhile. */
    public static int of(int status, Supplier<Response> request) {
        double before = ofRequests();
        request.get().then().statusCode(status);
        return (int) (ofRequests() - before);
    }

    /** The upkeep goes on meanwhile. */
    private static double ofRequests() {
        String metrics = Metrics.all();
        return Metrics.sum(metrics, SERIES) - Metrics.sum(metrics, SERIES + "query_type=\"upkeep\"");
    }
}
