package dev.stagedoor.platform.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stagedoor.support.Api;
import dev.stagedoor.support.StagedoorTest;
import io.restassured.RestAssured;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

@StagedoorTest
class MetricsTest {

    private static final int URLS = 10_000;
    private static final int AT_ONCE = 50;

    private static final Pattern ROUTE = Pattern.compile("route=\"([^\"]*)\"");

    @Test
    void requestsAreTimedByMethodRouteAndStatus() {
        Api.Person ada = Api.signUp();
        ada.request().get("/api/v1/users/" + ada.id()).then().statusCode(200);
        Api.undocumented().get("/nothing/" + ada.id()).then().statusCode(404);

        List<String> series = series("http_request_duration_seconds_bucket");

        assertThat(series).anyMatch(line -> hasLabels(line, "GET", "/api/v1/users/{id}", "200"));
        assertThat(series).anyMatch(line -> hasLabels(line, "POST", "/api/v1/auth/login", "200"));
        assertThat(series).anyMatch(line -> hasLabels(line, "GET", "none", "404"));
        assertThat(series).noneMatch(line -> line.contains(ada.id()));
        List<String> bounds = series.stream()
                .filter(line -> hasLabels(line, "GET", "/api/v1/users/{id}", "200"))
                .map(line -> line.replaceAll(".*le=\"([^\"]*)\".*", "$1"))
                .toList();
        assertThat(bounds)
                .containsExactly("0.005", "0.01", "0.025", "0.05", "0.1", "0.25", "0.5", "1.0", "2.0", "5.0", "+Inf");
    }

    @Test
    void everyRequestIsCountedOnce() {
        Api.Person ada = Api.signUp();
        String series = "http_request_duration_seconds_count{method=\"GET\",route=\"/api/v1/channels\",status=\"200\"";
        ada.request().get("/api/v1/channels").then().statusCode(200);
        double before = value(series);

        for (int i = 0; i < 5; i++) {
            ada.request().get("/api/v1/channels").then().statusCode(200);
        }

        assertThat(value(series)).isEqualTo(before + 5);
    }

    @Test
    void tenThousandUrlsAddNoSeriesOfTheirOwn() {
        sendAll(List.of(url(URLS), url(URLS + 1), url(URLS + 2), url(URLS + 3), url(URLS + 4)));
        Set<String> routesBefore = routes();
        int seriesBefore = series("http_request_duration_seconds_count").size();

        List<URI> urls = new ArrayList<>();
        for (int i = 0; i < URLS; i++) {
            urls.add(url(i));
        }
        sendAll(urls);

        assertThat(routes()).isEqualTo(routesBefore).hasSizeLessThan(60);
        assertThat(series("http_request_duration_seconds_count").size()).isLessThanOrEqualTo(seriesBefore + 5);
    }

    @Test
    void methodsOfTheCallersMakingShareOneSeries() {
        for (String method : List.of("FROB", "BREW", "XYZZY")) {
            Api.undocumented().request(method, "/nothing").then().statusCode(404);
        }

        assertThat(series("http_request_duration_seconds_count"))
                .noneMatch(line -> line.contains("FROB") || line.contains("BREW"))
                .anyMatch(line -> line.contains("method=\"other\""));
    }

    @Test
    void queriesAreTimedByType() {
        assertThat(Api.signUp().id()).isNotEmpty();

        List<String> series = series("database_query_duration_seconds_bucket");

        assertThat(series).anyMatch(line -> line.contains("query_type=\"select\""));
        assertThat(series).anyMatch(line -> line.contains("query_type=\"insert\""));
        assertThat(series.stream()
                        .map(line -> line.replaceAll(".*query_type=\"([^\"]*)\".*", "$1"))
                        .distinct())
                .isSubsetOf("select", "insert", "update", "delete", "begin", "commit", "rollback", "other", "upkeep");
    }

    @Test
    void errorsAreCountedFromTheStart() {
        assertThat(series("application_errors_total")).anyMatch(line -> line.contains("type=\""));
        assertThat(metrics()).contains("# TYPE application_errors_total counter");
    }

    /** Every tenth of another kind; none that needs the database. */
    private static URI url(int i) {
        String path = switch (i % 5) {
            case 0 -> "/nothing-" + i;
            case 1 -> "/api/v1/users/user-" + i;
            case 2 -> "/api/v1/channels/" + i + "/messages?limit=" + i;
            case 3 -> "/q/nothing/" + i;
            default -> "/api/users?cursor=" + i;
        };
        return URI.create("http://localhost:" + RestAssured.port + path);
    }

    private static void sendAll(List<URI> urls) {
        HttpClient client =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        for (int from = 0; from < urls.size(); from += AT_ONCE) {
            CompletableFuture<?>[] running = urls.subList(from, Math.min(urls.size(), from + AT_ONCE)).stream()
                    .map(url -> client.sendAsync(HttpRequest.newBuilder(url).build(), BodyHandlers.discarding()))
                    .toArray(CompletableFuture<?>[]::new);
            waitFor(CompletableFuture.allOf(running));
        }
    }

    private static void waitFor(CompletableFuture<?> running) {
        try {
            Object none = running.get(1, TimeUnit.MINUTES);
            assertThat(none).isNull();
        } catch (ExecutionException | TimeoutException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static String metrics() {
        return Api.undocumented()
                .accept("text/plain")
                .get("/q/metrics")
                .then()
                .statusCode(200)
                .extract()
                .asString();
    }

    private static List<String> series(String name) {
        return metrics().lines().filter(line -> line.startsWith(name + "{")).toList();
    }

    private static double value(String series) {
        return metrics()
                .lines()
                .filter(line -> line.startsWith(series))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    private static Set<String> routes() {
        return series("http_request_duration_seconds_count").stream()
                .map(ROUTE::matcher)
                .filter(Matcher::find)
                .map(matcher -> matcher.group(1))
                .collect(Collectors.toSet());
    }

    private static boolean hasLabels(String line, String method, String route, String status) {
        return line.contains("method=\"" + method + "\"")
                && line.contains("route=\"" + route + "\"")
                && line.contains("status=\"" + status + "\"");
    }
}
