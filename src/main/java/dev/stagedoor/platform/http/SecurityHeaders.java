package dev.stagedoor.platform.http;

import io.vertx.core.MultiMap;

/** Headers of every answer, for an API that no browser should ever render (OWASP REST Security Cheat Sheet). */
final class SecurityHeaders {

    private SecurityHeaders() {}

    static void addTo(MultiMap headers) {
        headers.set("X-Content-Type-Options", "nosniff");
        headers.set("X-Frame-Options", "DENY");
        headers.set("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'");
        headers.set("Referrer-Policy", "no-referrer");
        headers.set("Cross-Origin-Resource-Policy", "same-site");
        headers.set("Strict-Transport-Security", "max-age=31536000; includeSubDomains");
    }
}
