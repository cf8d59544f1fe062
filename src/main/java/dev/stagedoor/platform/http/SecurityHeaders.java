package dev.stagedoor.platform.http;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import java.util.List;

/** Headers of every answer, for an API that no browser should ever render (OWASP REST Security Cheat Sheet). */
final class SecurityHeaders {

    private static final List<Header> ALL = List.of(
            new Header("X-Content-Type-Options", "nosniff"),
            new Header("X-Frame-Options", "DENY"),
            new Header("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'"),
            new Header("Referrer-Policy", "no-referrer"),
            new Header("Cross-Origin-Resource-Policy", "same-site"),
            new Header("Strict-Transport-Security", "max-age=31536000; includeSubDomains"));

    private SecurityHeaders() {}

    /** As the wire has it, so that nothing is left to encode. */
    private record Header(CharSequence name, CharSequence value) {

        Header(String name, String value) {
            this(HttpHeaders.createOptimized(name), HttpHeaders.createOptimized(value));
        }
    }

    static void addTo(MultiMap headers) {
        ALL.forEach(header -> headers.set(header.name(), header.value()));
    }
}
