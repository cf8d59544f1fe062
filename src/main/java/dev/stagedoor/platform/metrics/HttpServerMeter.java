package dev.stagedoor.platform.metrics;

import dev.stagedoor.platform.http.ProblemWriter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.impl.HttpServerConnection;
import io.vertx.core.http.impl.HttpServerRequestInternal;
import io.vertx.core.spi.metrics.HttpServerMetrics;
import io.vertx.core.spi.observability.HttpRequest;
import io.vertx.core.spi.observability.HttpResponse;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * {@code http_request_duration_seconds{method,route,status}}: from the request's head to the response's last byte.
 *
 * <p>The route is the template of the resource, so the number of series is bounded by the API, not by its callers.
 */
class HttpServerMeter implements HttpServerMetrics<HttpServerMeter.Exchange, Void, Void> {

    private static final Duration[] BUCKETS = Stream.of(5, 10, 25, 50, 100, 250, 500, 1_000, 2_000, 5_000)
            .map(Duration::ofMillis)
            .toArray(Duration[]::new);

    private static final boolean[] IS_PLAIN = plainCharacters();

    private final MeterRegistry registry;
    private final ProblemWriter problems;
    private final RequestLog log;
    private final Map<Series, Timer> timers = new ConcurrentHashMap<>();

    HttpServerMeter(MeterRegistry registry, ProblemWriter problems, RequestLog log) {
        this.registry = registry;
        this.problems = problems;
        this.log = log;
    }

    /** One request and its answer; {@code status} is known once the response begins. */
    static final class Exchange {

        private final HttpServerRequestInternal request;
        private final long startNanos = System.nanoTime();
        private int status;

        private Exchange(HttpServerRequestInternal request) {
            this.request = request;
        }
    }

    private record Series(String method, String route, String status) {}

    @Override
    public Exchange requestBegin(Void socket, HttpRequest request) {
        HttpServerRequestInternal serverRequest = (HttpServerRequestInternal) request;
        HttpServerConnection connection = (HttpServerConnection) serverRequest.connection();
        // Quarkus gives no way to set these on the server; the connection asks for them right after this call, and is
        // closed with the answer.
        if (serverRequest.decoderResult().isFailure()) {
            connection.invalidRequestHandler(problems::refuseUnparsable);
        } else if (serverRequest.version() == null || !isUri(serverRequest.uri())) {
            connection.handler(problems::refuseUnparsable);
        }
        return new Exchange(serverRequest);
    }

    /** Most targets need no parser, which would take longer than all else here. */
    private static boolean isUri(String target) {
        return isPlain(target) || parses(target);
    }

    /** Of paths and queries, by their code. */
    private static boolean[] plainCharacters() {
        boolean[] plain = new boolean[128];
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789/-._~?=&,"
                .chars()
                .forEach(character -> plain[character] = true);
        return plain;
    }

    private static boolean isPlain(String target) {
        for (int i = 0; i < target.length(); i++) {
            char character = target.charAt(i);
            if (character >= IS_PLAIN.length || !IS_PLAIN[character]) {
                return false;
            }
        }
        return target.startsWith("/") && !target.startsWith("//");
    }

    private static boolean parses(String target) {
        try {
            return new URI(target).getRawPath() != null;
        } catch (URISyntaxException e) {
            return false;
        }
    }

    @Override
    public void responseBegin(Exchange exchange, HttpResponse response) {
        exchange.status = response.statusCode();
    }

    @Override
    public void responseEnd(Exchange exchange, HttpResponse response, long bytes) {
        record(exchange, Integer.toString(exchange.status));
    }

    @Override
    public void requestReset(Exchange exchange) {
        record(exchange, "reset");
    }

    private void record(Exchange exchange, String status) {
        Series series = new Series(method(exchange.request), route(exchange.request), status);
        long nanos = System.nanoTime() - exchange.startNanos;
        timers.computeIfAbsent(series, this::timer).record(nanos, TimeUnit.NANOSECONDS);
        log.answered(series.method(), series.route(), status, nanos);
    }

    private static String method(HttpServerRequest request) {
        String method = request.method().name();
        return switch (method) {
            case "GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS" -> method;
            default -> "other";
        };
    }

    private static String route(HttpServerRequestInternal request) {
        String template = request.context().getLocal(Routes.TEMPLATE);
        if (template != null) {
            return template;
        }
        return String.valueOf(request.path()).startsWith("/q/") ? "/q" : "none";
    }

    private Timer timer(Series series) {
        return Timer.builder("http_request_duration_seconds")
                .description("Duration of HTTP requests")
                .tag("method", series.method())
                .tag("route", series.route())
                .tag("status", series.status())
                .serviceLevelObjectives(BUCKETS)
                .register(registry);
    }
}
