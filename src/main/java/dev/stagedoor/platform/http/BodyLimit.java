package dev.stagedoor.platform.http;

import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.ConstrainedTo;
import jakarta.ws.rs.RuntimeType;
import jakarta.ws.rs.ext.Provider;
import jakarta.ws.rs.ext.ReaderInterceptor;
import jakarta.ws.rs.ext.ReaderInterceptorContext;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * Counts a body whose length is not announced while it is read; the limit ends the reading, with 413. Only of requests to
 * us: the answers to our own are read by the same means.
 */
@Provider
@ConstrainedTo(RuntimeType.SERVER)
class BodyLimit implements ReaderInterceptor {

    private static final String KEY = "stagedoor.body-limit";

    private final CurrentVertxRequest current;

    BodyLimit(CurrentVertxRequest current) {
        this.current = current;
    }

    static void set(RoutingContext context, long maxBytes) {
        context.put(KEY, maxBytes);
    }

    @Override
    public Object aroundReadFrom(ReaderInterceptorContext context) throws IOException {
        RoutingContext routing = current.getCurrent();
        Long maxBytes = routing.get(KEY);
        if (maxBytes != null) {
            context.setInputStream(new LimitedInputStream(context.getInputStream(), maxBytes, routing.request()));
        }
        return context.proceed();
    }

    /** Fails instead of handing out a byte too many. */
    private static final class LimitedInputStream extends FilterInputStream {

        private final HttpServerRequest request;
        private long rest;

        LimitedInputStream(InputStream body, long maxBytes, HttpServerRequest request) {
            super(body);
            this.rest = maxBytes;
            this.request = request;
        }

        @Override
        public int read() throws IOException {
            int next = super.read();
            count(next < 0 ? 0 : 1);
            return next;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            int read = super.read(buffer, offset, length);
            count(Math.max(0, read));
            return read;
        }

        /** Of a body that is too large the rest is not read, as it would be otherwise: that may take forever. */
        @Override
        public void close() throws IOException {
            if (rest >= 0) {
                super.close();
            }
        }

        private void count(int bytes) {
            rest -= bytes;
            if (rest < 0) {
                // What is left of the body would be taken for the next request.
                request.response().endHandler(ended -> request.connection().close());
                throw FrontDoor.bodyTooLarge().with("Connection", "close");
            }
        }
    }
}
