package dev.stagedoor.support;

import io.restassured.response.Response;
import java.util.function.Supplier;

/** Counts the statements that the server has PostgreSQL run, as its driver counts them. */
public final class Statements {

    private static final String SERIES = "database_query_duration_seconds_count{";

    private Statements() {}

    /** How many the answer with this status took; nothing else may use the server meanwhile. */
    public static int of(int status, Supplier<Response> request) {
        double before = soFar();
        request.get().then().statusCode(status);
        return (int) (soFar() - before);
    }

    private static double soFar() {
        return Api.undocumented()
                .accept("text/plain")
                .get("/q/metrics")
                .then()
                .statusCode(200)
                .extract()
                .asString()
                .lines()
                .filter(line -> line.startsWith(SERIES))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }
}
