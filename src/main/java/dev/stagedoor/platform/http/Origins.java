package dev.stagedoor.platform.http;

import io.vertx.core.http.HttpServerRequest;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.regex.Pattern;

/** Which pages may call the API: those of its own origin, and those of the configured ones. */
@ApplicationScoped
class Origins {

    private final List<String> names;
    private final List<Pattern> patterns;

    Origins(WebConfig config) {
        List<String> configured = config.corsOrigins().orElse(List.of());
        this.names = configured.stream().filter(origin -> !isPattern(origin)).toList();
        this.patterns = configured.stream()
                .filter(Origins::isPattern)
                .map(origin -> Pattern.compile(origin.substring(1, origin.length() - 1)))
                .toList();
    }

    private static boolean isPattern(String origin) {
        return origin.length() > 1 && origin.startsWith("/") && origin.endsWith("/");
    }

    /** Whether the request is of no page, or of one that may call. */
    boolean admit(HttpServerRequest request) {
        String origin = request.getHeader("Origin");
        return origin == null
                || origin.equalsIgnoreCase(request.scheme() + "://" + request.authority())
                || names.contains("*")
                || names.contains(origin)
                || patterns.stream().anyMatch(pattern -> pattern.matcher(origin).matches());
    }
}
