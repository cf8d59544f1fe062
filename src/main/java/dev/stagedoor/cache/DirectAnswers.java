package dev.stagedoor.cache;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.stagedoor.cache.core.Read;
import dev.stagedoor.platform.metrics.Routes;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.netty.buffer.Unpooled;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.quarkus.vertx.http.runtime.security.SecurityHandlerPriorities;
import io.smallrye.common.vertx.ContextLocals;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;

/**
 * Writes what comes from the cache. Who asks again for what was answered {@linkplain Cached#toDirectResponse directly} is
 * answered before routing and authentication, which cost more than the rest: with the same credential, for the same
 * target, and no longer than the credential was found valid for.
 */
@ApplicationScoped
// Caffeine finds the classes for what its builder was told by their names.
@RegisterForReflection(
        classNames = {"com.github.benmanes.caffeine.cache.SSMWW", "com.github.benmanes.caffeine.cache.PSWMW"})
class DirectAnswers {

    /** Before the filter that makes answers conditional: response filters run from high to low. */
    static final int BEFORE_CONDITIONAL = 6000;

    private static final int AFTER_CORS = SecurityHandlerPriorities.CORS - 1;
    private static final String ASKED = "stagedoor.cache.asked";

    /** As long as a verified token counts as such without another look at its key. */
    private static final Duration MAX_TRUST = Duration.ofMinutes(1);

    private static final int MAX_CHARACTERS = 8 << 20;

    /** About what an entry takes beside its question. */
    private static final int OVERHEAD = 700;

    private final Clock clock;
    private final Counter answers;
    private final Cache<String, Shortcut> shortcuts = Caffeine.newBuilder()
            .maximumWeight(MAX_CHARACTERS)
            .weigher((String question, Shortcut shortcut) -> question.length() + OVERHEAD)
            .expireAfterWrite(MAX_TRUST)
            .build();

    DirectAnswers(Clock clock, MeterRegistry registry) {
        this.clock = clock;
        this.answers = Counter.builder("cache_direct_answers")
                .description("Answers from memory that needed no routing")
                .register(registry);
    }

    /** How to answer a question without asking anybody. */
    private record Shortcut(
            Supplier<Read<CachedBody>> memory, Duration reuse, Duration shared, String route, Instant validUntil) {

        /** Null where memory has nothing to serve. */
        Cached read() {
            Read<CachedBody> read = memory.get();
            return read == null || read.value() == null ? null : new Cached(read.value(), read, reuse, shared, memory);
        }
    }

    void install(@Observes Filters filters) {
        filters.register(this::answer, AFTER_CORS);
    }

    private void answer(RoutingContext context) {
        HttpServerRequest request = context.request();
        if (!isQuestion(request)) {
            context.next();
            return;
        }
        String question = question(request);
        Shortcut shortcut = shortcuts.getIfPresent(question);
        Cached cached = shortcut == null || !shortcut.validUntil().isAfter(clock.instant()) ? null : shortcut.read();
        if (cached == null) {
            ContextLocals.put(ASKED, question);
            context.next();
        } else {
            answers.increment();
            Routes.set(shortcut.route());
            write(cached, request);
        }
    }

    /** All that routing, authentication and the resource know it by; one text, which no choice of hashes makes slow. */
    private static String question(HttpServerRequest request) {
        return String.join(
                "\n",
                request.uri(),
                String.valueOf(request.getHeader("Authorization")),
                String.join(",", request.headers().getAll("Accept")));
    }

    private static boolean isQuestion(HttpServerRequest request) {
        return request.method().equals(HttpMethod.GET)
                && request.getHeader("X-API-Key") == null
                && request.getHeader("Content-Length") == null
                && request.getHeader("Transfer-Encoding") == null;
    }

    @SuppressWarnings("deprecation") // Of all ways to make a buffer, this one alone copies nothing.
    private static void write(Cached cached, HttpServerRequest request) {
        HttpServerResponse response = request.response();
        CacheHeaders.add(cached, request::getHeader, response::putHeader);
        byte[] body = cached.body().answer(request::getHeader, response::putHeader);
        if (body == null) {
            response.setStatusCode(304).end();
        } else {
            response.putHeader("Content-Type", "application/json");
            response.end(Buffer.buffer(Unpooled.wrappedBuffer(body)));
        }
    }

    @ServerResponseFilter(priority = BEFORE_CONDITIONAL)
    void write(ContainerRequestContext request, ContainerResponseContext response) {
        if (!(response.getEntity() instanceof Cached cached)) {
            return;
        }
        CacheHeaders.add(cached, request::getHeaderString, response.getHeaders()::putSingle);
        response.setEntity(cached.body());
        if (cached.again() != null) {
            ContextLocals.<String>get(ASKED).ifPresent(question -> remember(question, request, cached));
        }
    }

    private void remember(String question, ContainerRequestContext request, Cached cached) {
        shortcuts.put(
                question,
                new Shortcut(
                        cached.again(),
                        cached.reuse(),
                        cached.shared(),
                        Routes.get(),
                        cached.isPublic() ? Instant.MAX : validUntil(request)));
    }

    /** Of other credentials than a token in the header that the question has, nobody says how long they are valid. */
    private static Instant validUntil(ContainerRequestContext request) {
        return request.getSecurityContext().getUserPrincipal() instanceof JsonWebToken token
                        && ("Bearer " + token.getRawToken()).equalsIgnoreCase(request.getHeaderString("Authorization"))
                ? Instant.ofEpochSecond(token.getExpirationTime())
                : Instant.MIN;
    }
}
