package dev.stagedoor.platform.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import jakarta.enterprise.context.ApplicationScoped;

/** Writes problems where no resource is involved: from the router, and for what cannot even be parsed. */
@ApplicationScoped
public class ProblemWriter {

    private final ObjectMapper mapper;
    private final RequestIds requestIds;

    ProblemWriter(ObjectMapper mapper, RequestIds requestIds) {
        this.mapper = mapper;
        this.requestIds = requestIds;
    }

    /** Ends the response with the problem; does nothing where it has begun. */
    public void write(HttpServerRequest request, ApiException failure) {
        HttpServerResponse response = request.response();
        if (response.ended() || response.headWritten()) {
            return;
        }
        SecurityHeaders.addTo(response.headers());
        String requestId = requestIds.of(request);
        response.putHeader(RequestIds.HEADER, requestId);
        failure.headers().forEach(response::putHeader);
        response.putHeader("Content-Type", Problem.MEDIA_TYPE);
        response.putHeader("Cache-Control", "no-store");
        response.setStatusCode(failure.status());
        response.end(json(Problem.of(failure, requestId)))
                .onFailure(gone -> request.connection().close());
    }

    /** Answers a request that is no HTTP, or more of it than the server takes, and closes the connection. */
    public void refuseUnparsable(HttpServerRequest request) {
        request.response().putHeader("Connection", "close");
        request.response().endHandler(ended -> request.connection().close());
        write(request, refusal(request.decoderResult().cause()));
    }

    private static ApiException refusal(Throwable cause) {
        if (cause instanceof TooLongHttpLineException) {
            return targetTooLong();
        }
        if (cause instanceof TooLongHttpHeaderException) {
            return headersTooLarge();
        }
        return new ApiException(400, "malformed-http", "The request is not well-formed HTTP");
    }

    static ApiException targetTooLong() {
        return new ApiException(414, "target-too-long", "The request target is too long");
    }

    static ApiException headersTooLarge() {
        return new ApiException(431, "headers-too-large", "The request's header fields are too large");
    }

    private String json(Problem problem) {
        try {
            return mapper.writeValueAsString(problem);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
