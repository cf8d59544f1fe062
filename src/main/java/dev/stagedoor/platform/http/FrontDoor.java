package dev.stagedoor.platform.http;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.quarkus.runtime.configuration.MemorySize;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Map;
import org.jboss.logging.MDC;

/**
 * What happens to every request before routing: id, headers, size limits; and what becomes of it where no route answers.
 *
 * <p>The server itself takes headers of up to 2 MiB: only then can a credential that is too large be told from the rest,
 * and be refused as the credential that it is.
 */
@ApplicationScoped
class FrontDoor {

    private static final String ARCHIVES = "/api/v1/admin/archives";
    private static final String BATCHES = "/api/v1/metrics/batch";

    private static final int BEFORE_EVERYTHING = 1_000_000;

    private final HttpConfig config;
    private final ProblemWriter problems;
    private final RequestIds requestIds;
    private final Origins origins;

    FrontDoor(HttpConfig config, Origins origins, ProblemWriter problems, RequestIds requestIds) {
        this.config = config;
        this.origins = origins;
        this.problems = problems;
        this.requestIds = requestIds;
    }

    void install(@Observes Filters filters) {
        filters.register(this::admit, BEFORE_EVERYTHING);
    }

    void install(@Observes Router router) {
        Map<Integer, ApiException> refusals = Map.of(
                400, new ApiException(400, "malformed-http", "The request is not well-formed HTTP"),
                404, new ApiException(404, "not-found", "No resource has this path"),
                405, new ApiException(405, "method-not-allowed", "The resource does not have this method"),
                406, new ApiException(406, "not-acceptable", "No representation fits the Accept header"),
                413, bodyTooLarge(),
                415, new ApiException(415, "unsupported-media-type", "The resource does not take this media type"));
        refusals.forEach((status, refusal) -> router.errorHandler(status, context -> refuse(context, refusal)));
        router.route()
                .last()
                .handler(context -> refuse(context, refusals.get(404)))
                .failureHandler(context -> refuseFailed(context, refusals.get(context.statusCode())));
    }

    /** What the router refuses before any handler: no usable Host, for one. Of other failures Quarkus knows more. */
    private void refuseFailed(RoutingContext context, ApiException refusal) {
        if (refusal == null) {
            context.next();
        } else {
            refuse(context, refusal);
        }
    }

    private void admit(RoutingContext context) {
        HttpServerRequest request = context.request();
        String requestId = requestIds.of(request);
        request.response().putHeader(RequestIds.HEADER, requestId);
        MDC.put("requestId", requestId);
        SecurityHeaders.addTo(request.response().headers());
        if (hasBrokenName(request.headers())) {
            problems.refuseUnparsable(request);
            return;
        }
        ApiException refusal = refusal(context);
        if (refusal == null) {
            context.next();
        } else {
            refuse(context, refusal);
        }
    }

    private ApiException refusal(RoutingContext context) {
        HttpServerRequest request = context.request();
        if (request.uri().length() > config.maxTargetSize().asLongValue()) {
            return ProblemWriter.targetTooLong();
        }
        String credential = request.getHeader(HttpHeaderNames.AUTHORIZATION);
        if (credential != null && credential.length() > config.maxHeaderSize().asLongValue()) {
            return ApiException.unauthorized("The credential is too long to be one");
        }
        if (size(request.headers()) > config.maxHeaderSize().asLongValue()) {
            return ProblemWriter.headersTooLarge();
        }
        if (!isSocket(request) && !origins.admit(request)) {
            // Quarkus would do so without a body.
            return new ApiException(403, "origin-not-allowed", "Pages of this origin may not call the API");
        }
        return bodyRefusal(context);
    }

    /** A page of any origin may open one: it proves what it may by what it says there, never by where it comes from. */
    private static boolean isSocket(HttpServerRequest request) {
        return "websocket".equalsIgnoreCase(request.getHeader(HttpHeaderNames.UPGRADE));
    }

    /** Space before the colon makes another header of "Content-Length", and of the body a request (RFC 9112, 5.1). */
    private static boolean hasBrokenName(MultiMap headers) {
        for (Map.Entry<String, String> header : headers) {
            if (isBroken(header.getKey())) {
                return true;
            }
        }
        return false;
    }

    private static boolean isBroken(String name) {
        for (int i = 0; i < name.length(); i++) {
            if (name.charAt(i) <= ' ') {
                return true;
            }
        }
        return name.isEmpty();
    }

    private static long size(MultiMap headers) {
        long size = 0;
        for (Map.Entry<String, String> header : headers) {
            size += header.getKey().length() + header.getValue().length();
        }
        return size;
    }

    private ApiException bodyRefusal(RoutingContext context) {
        long limit = maxBodySize(context.normalizedPath()).asLongValue();
        BodyLimit.set(context, limit);
        String length = context.request().getHeader(HttpHeaderNames.CONTENT_LENGTH);
        return length != null && Long.parseLong(length) > limit ? bodyTooLarge() : null;
    }

    private MemorySize maxBodySize(String path) {
        return switch (path) {
            case ARCHIVES -> config.maxArchiveSize();
            case BATCHES -> config.maxBatchSize();
            default -> config.maxBodySize();
        };
    }

    static ApiException bodyTooLarge() {
        return new ApiException(413, "body-too-large", "The request body is too large");
    }

    private void refuse(RoutingContext context, ApiException refusal) {
        HttpServerRequest request = context.request();
        if (!request.isEnded()) {
            // The rest of a body that nobody reads would be taken for the next request.
            request.response().putHeader(HttpHeaderNames.CONNECTION, "close");
            request.response().endHandler(ended -> request.connection().close());
        }
        problems.write(request, refusal);
    }
}
