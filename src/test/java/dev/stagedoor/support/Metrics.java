package dev.stagedoor.support;

/** The server's metrics. */
public final class Metrics {

    private Metrics() {}

    /** The sum of all series that begin so: a name with or without labels. */
    public static double sum(String series) {
        return sum(all(), series);
    }

    static String all() {
        return Api.undocumented()
                .accept("text/plain")
                .get("/q/metrics")
                .then()
                .statusCode(200)
                .extract()
                .asString();
    }

    static double sum(String metrics, String series) {
        return metrics.lines()
                .filter(line -> line.startsWith(series))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }
}
